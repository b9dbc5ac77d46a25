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
export const AS_ROOT = [
  'runAsNonRoot',
  'runAsUser',
  'allowPrivilegeEscalation',
  'capabilities_restricted',
  'seccompProfile_restricted',
]
export const ON_HOST = ['hostNamespaces', 'hostPathVolumes', 'restrictedVolumes', 'hostPorts', ...AS_ROOT]
export const CONTROL_PLANE = [...ON_HOST, 'hostProbesAndHostLifecycle']
/** Network and storage agents set up interfaces, rules and mounts of the node. */
export const NODE_AGENT = [
  ...ON_HOST,
  'privileged',
  'capabilities_baseline',
  'hostProbesAndHostLifecycle',
  'seLinuxOptions',
  'appArmorProfile',
  'seccompProfile_baseline',
]

export const SYSTEM = /^kube-system$/
/** Namespaces in which clusters keep what watches them. */
export const OBSERVING =
  /^kube-system$|monitoring|prometheus|metrics|observability|logging|fluent|loki|node-exporter/
/** Whatever registry or mirror an image comes from, its repository ends like this. */
export const CONTROL_PLANE_PATHS =
  /^\/(?:etc\/(?:kubernetes|ssl|ca-certificates|pki)|usr\/(?:local\/)?share\/ca-certificates|usr\/libexec\/kubernetes|var\/lib\/(?:etcd|minikube|rancher)|var\/log)(?:\/|$)/
export const NETWORK_PATHS =
  /^\/(?:run|var\/run|var\/lib\/(?:cni|calico|cilium|kubelet)|var\/log|opt\/cni|etc\/(?:cni|calico)|lib\/modules|sys\/(?:fs|kernel)|sys|proc|usr\/libexec\/kubernetes)(?:\/|$)/
export const STORAGE_PATHS =
  /^\/(?:var\/lib\/(?:kubelet|[\w.-]*csi[\w.-]*)|dev|sys|run\/udev|run\/mount|lib\/(?:modules|udev)|etc\/(?:udev|iscsi|multipath|selinux))(?:\/|$)/
