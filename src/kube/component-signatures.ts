/** How a component of a cluster that needs the node is recognised, and what it needs. */
export interface ComponentSignature {
  readonly name: string
  /** Repository of the image without its registry. */
  readonly image: RegExp
  /** `static`: a static pod; `bare`: a pod that nothing controls; otherwise the kind of the controller. */
  readonly kind: 'static' | 'bare' | 'DaemonSet' | 'Deployment' | 'Job'
  /** Its own namespaces; a copy elsewhere is judged like any pod. */
  readonly namespace: RegExp
  /** A word of its command line that the real one has. */
  readonly word?: RegExp
  /** A folder of the node that the real one mounts. */
  readonly mounts?: RegExp
  /** Ids of the Pod Security controls that it cannot keep, as its authors mean it to run. */
  readonly controls: readonly string[]
  /** Folders of the node that belong to its work; any other is judged like that of any pod. */
  readonly hostPaths?: RegExp
  /** The controls hold for every container of the pod, whatever its image. */
  readonly anyContainer?: boolean
  /**
   * Of the containers with other images only those may be privileged that mount something for the node to see: the API
   * lets nothing else do so. Source: kubernetes v1.36.2 pkg/apis/core/validation, validateMountPropagation.
   */
  readonly privilegedToPropagate?: boolean
  /** Techniques of escalation (src/access) that its account holds, as its authors mean it to run. */
  readonly rights?: readonly string[]
}

/** What a process as root without its own restrictions breaks. */
const AS_ROOT = [
  'runAsNonRoot',
  'runAsUser',
  'allowPrivilegeEscalation',
  'capabilities_restricted',
  'seccompProfile_restricted',
]
const ON_HOST = ['hostNamespaces', 'hostPathVolumes', 'restrictedVolumes', 'hostPorts', ...AS_ROOT]
const CONTROL_PLANE = [...ON_HOST, 'hostProbesAndHostLifecycle']
/** Network and storage agents set up interfaces, rules and mounts of the node. */
const NODE_AGENT = [
  ...ON_HOST,
  'privileged',
  'capabilities_baseline',
  'hostProbesAndHostLifecycle',
  'seLinuxOptions',
  'appArmorProfile',
  'seccompProfile_baseline',
]

const SYSTEM = /^kube-system$/
/** Whatever registry or mirror an image comes from, its repository ends like this. */
const CONTROL_PLANE_PATHS =
  /^\/(?:etc\/(?:kubernetes|ssl|ca-certificates|pki)|usr\/(?:local\/)?share\/ca-certificates|usr\/libexec\/kubernetes|var\/lib\/(?:etcd|minikube|rancher)|var\/log)(?:\/|$)/
const NETWORK_PATHS =
  /^\/(?:run|var\/run|var\/lib\/(?:cni|calico|cilium|kubelet)|var\/log|opt\/cni|etc\/(?:cni|calico)|lib\/modules|sys\/(?:fs|kernel)|sys|proc|usr\/libexec\/kubernetes)(?:\/|$)/
const STORAGE_PATHS =
  /^\/(?:var\/lib\/(?:kubelet|[\w.-]*csi[\w.-]*)|dev|sys|run\/udev|run\/mount|lib\/(?:modules|udev)|etc\/(?:udev|iscsi|multipath|selinux))(?:\/|$)/

/** The project's own images, and the copies of Google and Rancher. */
const CALICO =
  /(?:^|\/)(?:calico\/[a-z0-9-]+|projectcalico-org\/[a-z0-9-]+|(?:mirrored|hardened)-calico(?:-[a-z0-9-]+)?)$/

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
    namespace: /^kube-system$|csi|storage|-system$/,
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
    namespace: /^kube-system$|csi|storage|-system$/,
    word: /^--csi-address=/,
    controls: ['hostNamespaces', 'hostPorts'],
  },
  {
    name: 'node-exporter',
    image: /(?:^|\/)node-exporter$/,
    kind: 'DaemonSet',
    namespace: /^kube-system$|monitoring|prometheus|metrics|observability|node-exporter/,
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
  {
    name: 'the local path provisioner',
    image: /(?:^|\/)local-path-provisioner$/,
    kind: 'Deployment',
    namespace: /^(?:kube-system|local-path-storage)$/,
    word: /^local-path-provisioner$/,
    controls: [],
    // It makes the folders of volumes by pods on the node.
    rights: [
      'escalation-change-pod',
      'escalation-endpoints',
      'escalation-host-path-volume',
      'escalation-privileged-pod',
      'escalation-run-as-account',
    ],
  },
  {
    name: 'the chart installer of k3s',
    image: /(?:^|\/)klipper-helm$/,
    kind: 'Job',
    namespace: SYSTEM,
    word: /^(?:install|upgrade|delete)$/,
    controls: [],
    // A chart may hold anything.
    rights: ['escalation-everything'],
  },
  {
    name: 'ingress-nginx',
    image: /(?:^|\/)ingress-nginx\/controller$/,
    kind: 'Deployment',
    namespace: /^ingress-nginx$/,
    word: /^(?:\/\S*\/)?\/?nginx-ingress-controller$/,
    controls: [],
    // The certificates of Ingresses are Secrets of any namespace.
    rights: ['escalation-read-secrets'],
  },
  {
    name: 'Traefik',
    image: /(?:^|[/-])(?:library-)?traefik$/,
    kind: 'Deployment',
    namespace: /^(?:kube-system|traefik)$/,
    word: /^--providers\.kubernetes(?:ingress|crd|gateway)/,
    controls: [],
    rights: ['escalation-read-secrets'],
  },
  {
    name: 'cert-manager',
    image: /(?:^|\/)cert-manager-controller$/,
    kind: 'Deployment',
    namespace: /^cert-manager$/,
    word: /^--leader-election-namespace=/,
    controls: [],
    // It keeps certificates in Secrets, and starts pods and Ingresses that answer ACME.
    rights: [
      'escalation-read-secrets',
      'escalation-token-secret',
      'escalation-privileged-pod',
      'escalation-run-as-account',
      'escalation-service-traffic',
      'escalation-token',
    ],
  },
  {
    name: 'cert-manager',
    image: /(?:^|\/)cert-manager-cainjector$/,
    kind: 'Deployment',
    namespace: /^cert-manager$/,
    word: /^--leader-election-namespace=/,
    controls: [],
    // It writes the CA into webhooks, API services and conversions.
    rights: [
      'escalation-read-secrets',
      'escalation-api-service',
      'escalation-mutating-admission',
      'escalation-conversion-webhook',
      'escalation-remove-guard',
    ],
  },
  {
    name: 'Gatekeeper',
    image: /(?:^|\/)openpolicyagent\/gatekeeper$/,
    kind: 'Deployment',
    namespace: /^gatekeeper-system$/,
    word: /^--operation=(?:audit|webhook)$/,
    controls: [],
    // Its role reads whatever a policy may ask about.
    rights: [
      'escalation-read-everything',
      'escalation-read-secrets',
      'escalation-node-proxy',
      'escalation-kubelet-data',
      'escalation-kubelet-metrics',
      'escalation-reach-pods',
      'escalation-token-secret',
      'escalation-mutating-admission',
      'escalation-conversion-webhook',
      'escalation-remove-guard',
    ],
  },
  {
    name: 'the operator of Calico',
    image: /(?:^|\/)tigera\/operator$/,
    kind: 'Deployment',
    namespace: /^tigera-operator$/,
    word: /^operator$/,
    controls: ON_HOST,
    hostPaths: NETWORK_PATHS,
    // It makes the roles, accounts and privileged pods of what it installs.
    rights: [
      'escalation-aggregation',
      'escalation-api-service',
      'escalation-bind',
      'escalation-change-pod',
      'escalation-endpoints',
      'escalation-escalate',
      'escalation-namespace-labels',
      'escalation-privileged-pod',
      'escalation-read-secrets',
      'escalation-run-as-account',
      'escalation-service-traffic',
      'escalation-share-rights',
      'escalation-token-secret',
    ],
  },
]
