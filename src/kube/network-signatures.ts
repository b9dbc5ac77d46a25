import {
  CONTROL_PLANE,
  NETWORK_PATHS,
  NODE_AGENT,
  ON_HOST,
  SYSTEM,
  type ComponentSignature,
} from './component-signature.js'

/** The project's own images, and the copies of Google and Rancher. */
const CALICO =
  /(?:^|\/)(?:calico\/[a-z0-9-]+|projectcalico-org\/[a-z0-9-]+|(?:mirrored|hardened)-calico(?:-[a-z0-9-]+)?)$/

const network = (
  name: string,
  image: RegExp,
  more: Partial<ComponentSignature> = {},
): ComponentSignature => ({
  name,
  image,
  kind: 'DaemonSet',
  namespace: SYSTEM,
  controls: NODE_AGENT,
  hostPaths: NETWORK_PATHS,
  ...more,
})

/** Agents that make the network of the pods, and their controllers. */
export const NETWORK_SIGNATURES: readonly ComponentSignature[] = [
  network('flannel', /(?:^|[/-])flannel(?:-cni-plugin)?$/, {
    namespace: /^(?:kube-flannel|kube-system)$/,
    word: /^--kube-subnet-mgr(?:=true)?$/,
  }),
  network('Calico', CALICO, {
    namespace: /^(?:calico-system|kube-system)$/,
    mounts:
      /^\/(?:etc\/cni|opt\/cni|var\/run\/calico|var\/lib\/calico|run\/calico|var\/lib\/kubelet)(?:\/|$)/,
  }),
  network('Calico', CALICO, {
    kind: 'Deployment',
    namespace: /^(?:calico-system|calico-apiserver|kube-system)$/,
    controls: ON_HOST,
  }),
  network('Cilium', /(?:^|\/)cilium\/(?:cilium|cilium-envoy)$/, {
    namespace: /^(?:cilium|kube-system)$/,
    word: /(?:^|\/)cilium-(?:agent|envoy)/,
  }),
  network('Cilium', /(?:^|\/)cilium\/(?:operator(?:-[a-z]+)?|hubble-[a-z-]+)$/, {
    kind: 'Deployment',
    namespace: /^(?:cilium|kube-system)$/,
    controls: CONTROL_PLANE,
    // It copies the certificates of Ingresses and Gateways, and makes Services and the pods of its proxies.
    rights: [
      'escalation-privileged-pod',
      'escalation-read-secrets',
      'escalation-run-as-account',
      'escalation-service-traffic',
      'escalation-steal-pods',
      'escalation-token-secret',
    ],
  }),
  network('kindnet', /(?:^|\/)kindest\/kindnetd$/, { mounts: /^\/etc\/cni(?:\/|$)/ }),
  network('the Amazon VPC CNI', /(?:^|\/)(?:amazon-k8s-cni(?:-init)?|aws-network-policy-agent)$/, {
    mounts: /^\/opt\/cni(?:\/|$)/,
  }),
  network('the Azure CNI', /(?:^|\/)containernetworking\/azure-(?:cns|cni)$/, {
    mounts: /^\/opt\/cni(?:\/|$)/,
  }),
  network('Antrea', /(?:^|\/)antrea\/antrea-(?:agent-)?ubuntu$|(?:^|\/)antrea-agent$/, {
    word: /(?:^|\/)(?:antrea-agent|start_ovs)\b/,
  }),
  // It writes the plug-ins of CNI to /opt/cni/bin and mounts the folder above.
  network('kube-router', /(?:^|\/)kube-router$/, {
    word: /^--run-(?:router|firewall)=/,
    hostPaths: new RegExp(`${NETWORK_PATHS.source}|^/opt/?$`),
  }),
  network('Multus', /(?:^|\/)multus-cni$/, { mounts: /^\/etc\/cni(?:\/|$)/ }),
  network('kube-network-policies', /(?:^|\/)kube-network-policies$/, { word: /^\/bin\/netpol\b/ }),
]
