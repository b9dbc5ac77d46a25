import { asString, field, isObject, valueAt, type KubeObject } from '../model/index.js'

/** Label prefixes that only a provider gives its nodes, with the service that then runs the control plane. */
const BY_LABEL: readonly (readonly [prefix: string, provider: string])[] = [
  ['eks.amazonaws.com/', 'Amazon EKS'],
  ['kubernetes.azure.com/', 'Azure AKS'],
  ['cloud.google.com/gke-', 'Google GKE'],
  ['doks.digitalocean.com/', 'DigitalOcean Kubernetes'],
  ['lke.linode.com/', 'Linode LKE'],
]

/** Suffixes of the kubelet's version, likewise. */
const BY_VERSION: readonly (readonly [form: RegExp, provider: string])[] = [
  [/-eks-/, 'Amazon EKS'],
  [/-gke\./, 'Google GKE'],
]

/** The service that runs the control plane of a Node's cluster, where the Node tells; undefined elsewhere. */
export function providerOfNode(node: KubeObject): string | undefined {
  const labels = field(field(node.content, 'metadata'), 'labels')
  const names = isObject(labels) ? Object.keys(labels) : []
  const labelled = BY_LABEL.find(([prefix]) => names.some((name) => name.startsWith(prefix)))
  if (labelled !== undefined) return labelled[1]
  const version = asString(valueAt(node.content, ['status', 'nodeInfo', 'kubeletVersion'])) ?? ''
  return BY_VERSION.find(([form]) => form.test(version))?.[1]
}
