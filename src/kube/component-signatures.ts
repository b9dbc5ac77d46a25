import {
  AS_ROOT,
  CONTROL_PLANE,
  CONTROL_PLANE_PATHS,
  NODE_AGENT,
  OBSERVING,
  STORAGE_PATHS,
  SYSTEM,
  type ComponentSignature,
} from './component-signature.js'
import { CONTROLLER_SIGNATURES } from './controller-signatures.js'
import { NETWORK_SIGNATURES } from './network-signatures.js'

/** It writes Services, their endpoints and Nodes, and takes tokens of the accounts of its own controllers. */
const CLOUD_RIGHTS = [
  'escalation-token',
  'escalation-endpoints',
  'escalation-service-traffic',
  'escalation-steal-pods',
]
const cloudController = (kind: 'DaemonSet' | 'Deployment'): ComponentSignature => ({
  name: 'the cloud controller manager',
  image: /(?:^|\/)(?:[a-z0-9]+-)*cloud-controller-manager$/,
  kind,
  namespace: SYSTEM,
  word: /^--cloud-provider=/,
  controls: CONTROL_PLANE,
  hostPaths: CONTROL_PLANE_PATHS,
  rights: CLOUD_RIGHTS,
})

const controlPlane = (name: string, image: RegExp): ComponentSignature => ({
  name,
  image,
  kind: 'static',
  namespace: SYSTEM,
  word: new RegExp(`^(?:/\\S*/)?${name}$`),
  controls: CONTROL_PLANE,
  hostPaths: CONTROL_PLANE_PATHS,
})
/**
 * Recognised by image, kind and namespace, and where an image may run anything, by command line or mounts too. A name
 * alone proves nothing. Sources: the manifests that kubeadm v1.36 and rke2 write, and those that each project publishes.
 */
export const COMPONENT_SIGNATURES: readonly ComponentSignature[] = [
  controlPlane('kube-apiserver', /(?:^|\/)(?:kube-apiserver|hardened-kubernetes)$/),
  controlPlane('kube-controller-manager', /(?:^|\/)(?:kube-controller-manager|hardened-kubernetes)$/),
  controlPlane('kube-scheduler', /(?:^|\/)(?:kube-scheduler|hardened-kubernetes)$/),
  controlPlane('etcd', /(?:^|\/)(?:hardened-)?etcd$/),
  controlPlane('cloud-controller-manager', /(?:^|\/)(?:cloud-controller-manager|rke2-cloud-provider)$/),
  cloudController('DaemonSet'),
  cloudController('Deployment'),
  {
    name: 'kube-vip',
    image: /(?:^|\/)kube-vip$/,
    kind: 'static',
    namespace: SYSTEM,
    word: /^manager$/,
    controls: [...CONTROL_PLANE, 'capabilities_baseline'],
    hostPaths: CONTROL_PLANE_PATHS,
  },
  // AKS keeps its kubeconfig and certificates with those of the kubelet.
  {
    name: 'kube-proxy of AKS',
    image: /(?:^|\/)oss(?:\/v2)?\/kubernetes\/kube-proxy$/,
    kind: 'DaemonSet',
    namespace: SYSTEM,
    word: /(?:^|\/)kube-proxy\b/,
    mounts: /^\/etc\/kubernetes\/certs\/?$/,
    controls: NODE_AGENT,
    hostPaths:
      /^\/(?:run\/xtables\.lock|lib\/modules|var\/log|var\/lib\/(?:kubelet|kube-proxy)|etc\/kubernetes\/certs|proc\/sys)\/?$/,
  },
  {
    name: 'kube-proxy',
    image: /(?:^|\/)(?:kube-proxy|hardened-kubernetes)$/,
    kind: 'DaemonSet',
    namespace: SYSTEM,
    word: /(?:^|\/)kube-proxy\b/,
    controls: NODE_AGENT,
    hostPaths: /^\/(?:run\/xtables\.lock|lib\/modules|var\/log|var\/lib\/kube-proxy)(?:\/|$)/,
  },
  // GKE and rke2 run it from a file of the node.
  {
    name: 'kube-proxy',
    image: /(?:^|\/)(?:kube-proxy(?:-[a-z0-9]+)?|hardened-kubernetes)$/,
    kind: 'static',
    namespace: SYSTEM,
    word: /(?:^|\/|\s)kube-proxy\b/,
    controls: [...CONTROL_PLANE, 'privileged'],
    hostPaths:
      /^\/(?:run\/xtables\.lock|lib\/modules|var\/log|var\/lib\/(?:kube-proxy|rancher)|etc\/ssl|usr\/share\/ca-certificates)(?:\/|$)/,
  },
  {
    name: 'CoreDNS',
    image: /(?:^|[/-])coredns$/,
    kind: 'Deployment',
    namespace: SYSTEM,
    word: /^-conf$/,
    controls: AS_ROOT,
  },
  {
    name: 'the DNS cache of the nodes',
    image: /(?:^|\/)k8s-dns-node-cache$/,
    kind: 'DaemonSet',
    namespace: SYSTEM,
    word: /^-localip$/,
    controls: [...CONTROL_PLANE, 'capabilities_baseline', 'privileged'],
    hostPaths: /^\/run\/xtables\.lock$/,
  },
  ...NETWORK_SIGNATURES,
  {
    name: 'ip-masq-agent',
    image: /(?:^|\/)ip-masq-agent(?:-v2|-[a-z0-9]+)?$/,
    kind: 'DaemonSet',
    namespace: SYSTEM,
    word: /^--(?:masq-chain|nomasq-all-reserved-ranges|resync-interval)/,
    controls: ['hostNamespaces', 'privileged', 'capabilities_baseline', ...AS_ROOT],
  },
  {
    name: 'MetalLB',
    image: /(?:^|\/)(?:metallb\/(?:speaker|frr-k8s)|frrouting\/frr)$/,
    kind: 'DaemonSet',
    namespace: /^metallb-system$/,
    word: /^(?:--port=(?:7472|9120)|\/frr-k8s|\/frr-reloader\.sh|\/etc\/frr_metrics\/frr-metrics)$/,
    // It answers ARP and speaks BGP for the node.
    controls: ['hostNamespaces', 'hostPorts', 'capabilities_baseline', ...AS_ROOT],
  },
  {
    name: 'MetalLB',
    image: /(?:^|\/)metallb\/frr-k8s$/,
    kind: 'Deployment',
    namespace: /^metallb-system$/,
    word: /^\/statuscleaner$/,
    controls: ['hostNamespaces', 'hostPorts', ...AS_ROOT],
  },
  {
    name: 'the load balancer of k3s',
    image: /(?:^|\/)klipper-lb$/,
    kind: 'DaemonSet',
    namespace: SYSTEM,
    controls: ['capabilities_baseline', 'hostPorts', 'sysctls', ...AS_ROOT],
  },
  {
    name: 'the pod identity agent of EKS',
    image: /(?:^|\/)eks-pod-identity-agent$/,
    kind: 'DaemonSet',
    namespace: SYSTEM,
    word: /^server$/,
    controls: ['hostNamespaces', 'hostPorts', 'privileged', 'hostProbesAndHostLifecycle', ...AS_ROOT],
  },
  {
    name: 'the cloud node manager',
    image: /(?:^|\/)azure-cloud-node-manager$/,
    kind: 'DaemonSet',
    namespace: SYSTEM,
    word: /^(?:\/\S*\/)?cloud-node-manager$/,
    controls: ['hostNamespaces', ...AS_ROOT],
  },
  {
    name: 'node-problem-detector',
    image: /(?:^|\/)node-problem-detector$/,
    kind: 'DaemonSet',
    namespace: SYSTEM,
    mounts: /^\/dev\/kmsg$/,
    controls: ['hostPathVolumes', 'restrictedVolumes', 'privileged', ...AS_ROOT],
    hostPaths: /^\/(?:var\/log|dev\/kmsg|etc\/(?:localtime|machine-id))\/?$/,
  },
  {
    name: 'a GPU device plugin',
    image: /(?:^|\/)(?:nvidia-gpu-device-plugin|nvidia\/k8s-device-plugin|gpu-device-plugin)$/,
    kind: 'DaemonSet',
    namespace: /^(?:kube-system|gpu-operator|nvidia-device-plugin)$/,
    mounts: /^\/var\/lib\/kubelet\/device-plugins\/?$/,
    controls: ['hostPathVolumes', 'restrictedVolumes', 'privileged', 'capabilities_baseline', ...AS_ROOT],
    hostPaths: /^\/(?:var\/lib\/kubelet\/device-plugins|dev|sys|home\/kubernetes\/bin\/nvidia)\/?$/,
  },
  {
    name: 'the storage provisioner of minikube',
    image: /(?:^|\/)k8s-minikube\/storage-provisioner$/,
    kind: 'bare',
    namespace: SYSTEM,
    word: /^\/storage-provisioner$/,
    controls: ['hostNamespaces', 'hostPathVolumes', 'restrictedVolumes', ...AS_ROOT],
    hostPaths: /^\/tmp$/,
  },
  {
    name: 'a CSI node driver',
    image: /(?:^|[/-])(?:csi-)?node-driver-registrar$/,
    kind: 'DaemonSet',
    namespace: /^kube-system$|csi|storage|^rook-ceph$|-system$/,
    word: /^--kubelet-registration-path=/,
    mounts: /^\/\S*\/plugins_registry\/?$/,
    controls: NODE_AGENT,
    hostPaths: STORAGE_PATHS,
    anyContainer: true,
    privilegedToPropagate: true,
  },
  // Controllers of drivers take the identity of the node from its network.
  {
    name: 'a CSI controller',
    image: /(?:^|[/-])csi-provisioner$/,
    kind: 'Deployment',
    namespace: /^kube-system$|csi|storage|^rook-ceph$|-system$/,
    word: /^--csi-address=/,
    controls: ['hostNamespaces', 'hostPorts'],
  },
  {
    name: 'a log agent',
    image: /(?:^|\/)(?:fluent-bit|fluentd|promtail|alloy|vector|filebeat)$/,
    kind: 'DaemonSet',
    namespace: OBSERVING,
    mounts: /^\/var\/log(?:\/pods|\/containers)?\/?$/,
    controls: ['hostPathVolumes', 'restrictedVolumes', ...AS_ROOT],
    hostPaths:
      /^\/(?:var\/log|var\/lib\/docker\/containers|run\/log\/journal|etc\/machine-id|var\/lib\/(?:vector|filebeat|fluent-bit))(?:\/|$)/,
  },
  {
    name: 'node-exporter',
    image: /(?:^|\/)node-exporter$/,
    kind: 'DaemonSet',
    namespace: OBSERVING,
    word: /^--path\.(?:rootfs|procfs|sysfs)=/,
    // SYS_TIME, to read how the clock is kept.
    controls: [...CONTROL_PLANE, 'capabilities_baseline'],
    hostPaths: /^\/(?:proc|sys|var\/lib\/node[_-]exporter\S*)?$/,
  },
  {
    name: 'metrics-server',
    image: /(?:^|[/-])metrics-server$/,
    kind: 'Deployment',
    namespace: SYSTEM,
    word: /^--kubelet-/,
    controls: ['hostNamespaces', 'hostPorts', 'seccompProfile_restricted', 'capabilities_restricted'],
  },
  ...CONTROLLER_SIGNATURES,
]
