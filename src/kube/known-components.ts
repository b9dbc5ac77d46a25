import {
  asList,
  asObject,
  asString,
  asStrings,
  field,
  type JsonObject,
  type KubeObject,
} from '../model/index.js'
import type { Container, PodTemplate } from './pod-template.js'

/** A component that needs rights on the node to do its work. */
export interface KnownComponent {
  readonly name: string
  /** Ids of the Pod Security controls that it cannot keep, as its authors mean it to run. */
  readonly controls: readonly string[]
}

interface Signature extends KnownComponent {
  /** The last part of the image's repository, before tag and digest. */
  readonly image: RegExp
  readonly kinds: readonly string[]
  /** Its own namespaces; a copy elsewhere is judged like any pod. */
  readonly namespaces: readonly string[]
  /** A word of its command line that the real one has. */
  readonly word?: RegExp
}

const NODE = [
  'privileged',
  'hostNamespaces',
  'hostPathVolumes',
  'restrictedVolumes',
  'hostPorts',
  'capabilities_baseline',
]
const ROOT = [
  'runAsNonRoot',
  'runAsUser',
  'allowPrivilegeEscalation',
  'capabilities_restricted',
  'seccompProfile_restricted',
  'seLinuxOptions',
  'appArmorProfile',
  'seccompProfile_baseline',
  'hostProbesAndHostLifecycle',
]
const ALL = [...NODE, ...ROOT]
const SYSTEM = ['kube-system']
const CONTROL_PLANE = [
  'hostNamespaces',
  'hostPathVolumes',
  'restrictedVolumes',
  'hostPorts',
  'hostProbesAndHostLifecycle',
  ...ROOT,
]

/**
 * Recognised by image, kind, namespace and, where the image may run anything, a word of the command. A name alone
 * proves nothing. Sources: the manifests that kubeadm v1.36 writes, and those that each project publishes.
 */
const SIGNATURES: readonly Signature[] = [
  {
    name: 'kube-apiserver',
    image: /^kube-apiserver$/,
    kinds: ['Pod'],
    namespaces: SYSTEM,
    word: /^kube-apiserver$|^--etcd-servers=/,
    controls: CONTROL_PLANE,
  },
  {
    name: 'kube-controller-manager',
    image: /^kube-controller-manager$/,
    kinds: ['Pod'],
    namespaces: SYSTEM,
    controls: CONTROL_PLANE,
  },
  {
    name: 'kube-scheduler',
    image: /^kube-scheduler$/,
    kinds: ['Pod'],
    namespaces: SYSTEM,
    controls: CONTROL_PLANE,
  },
  {
    name: 'etcd',
    image: /^etcd$/,
    kinds: ['Pod'],
    namespaces: SYSTEM,
    word: /^etcd$|^--data-dir=/,
    controls: CONTROL_PLANE,
  },
  {
    name: 'kube-proxy',
    image: /^kube-proxy$/,
    kinds: ['DaemonSet'],
    namespaces: SYSTEM,
    word: /kube-proxy/,
    controls: ALL,
  },
  {
    name: 'coredns',
    image: /^coredns$/,
    kinds: ['Deployment'],
    namespaces: SYSTEM,
    controls: ['runAsNonRoot', 'seccompProfile_restricted'],
  },
  {
    name: 'flannel',
    image: /^flannel(?:-cni-plugin)?$/,
    kinds: ['DaemonSet'],
    namespaces: ['kube-flannel', ...SYSTEM],
    controls: ALL,
  },
  {
    name: 'Calico',
    image: /^(?:node|cni|pod2daemon-flexvol|typha|csi|node-driver-registrar|calico-.*)$/,
    kinds: ['DaemonSet', 'Deployment'],
    namespaces: ['calico-system', ...SYSTEM],
    controls: ALL,
  },
  {
    name: 'Cilium',
    image: /^(?:cilium|cilium-envoy|operator-generic|hubble-relay)$/,
    kinds: ['DaemonSet', 'Deployment'],
    namespaces: ['cilium', ...SYSTEM],
    controls: ALL,
  },
  {
    name: 'a CSI node driver',
    image: /^(?:csi-node-driver-registrar|livenessprobe|.*csi.*)$/,
    kinds: ['DaemonSet'],
    namespaces: SYSTEM,
    controls: ALL,
  },
  {
    name: 'node-exporter',
    image: /^node-exporter$/,
    kinds: ['DaemonSet'],
    namespaces: ['monitoring', 'prometheus', 'kube-prometheus-stack', 'node-exporter', ...SYSTEM],
    word: /^--path\.(?:rootfs|procfs|sysfs)=/,
    controls: [
      'hostNamespaces',
      'hostPathVolumes',
      'restrictedVolumes',
      'hostPorts',
      'runAsNonRoot',
      'seccompProfile_restricted',
      'capabilities_restricted',
    ],
  },
  {
    name: 'metrics-server',
    image: /^metrics-server$/,
    kinds: ['Deployment'],
    namespaces: SYSTEM,
    controls: [],
  },
]

/** The component that a workload is, when image, kind, namespace and command all say so. */
export function knownComponent(
  object: KubeObject,
  template: PodTemplate,
  containers: readonly Container[],
): KnownComponent | undefined {
  const { kind, namespace } = object.ref
  const words = containers.flatMap(({ spec }) => [...asStrings(spec.command), ...asStrings(spec.args)])
  return SIGNATURES.find(
    (signature) =>
      signature.kinds.includes(kind) &&
      signature.namespaces.includes(namespace) &&
      containers.length > 0 &&
      containers.some((container) => signature.image.test(imageName(container.spec))) &&
      (signature.word === undefined || words.some((word) => signature.word?.test(word) === true)) &&
      (kind !== 'Pod' || isSystemPod(template.spec)),
  )
}

/** `registry:5000/a/kube-proxy:v1@sha256:...` is `kube-proxy`. */
function imageName(container: JsonObject): string {
  const image = asString(container.image) ?? ''
  return image.split('@', 1)[0]?.split('/').at(-1)?.split(':', 1)[0] ?? ''
}

/** Static pods of the control plane run at the highest priority, on the host's network, without a token. */
function isSystemPod(spec: JsonObject): boolean {
  return (
    spec.hostNetwork === true &&
    spec.priorityClassName === 'system-node-critical' &&
    asList(spec.volumes).every(
      (volume) => Object.hasOwn(asObject(volume), 'hostPath') || field(volume, 'projected') === undefined,
    )
  )
}
