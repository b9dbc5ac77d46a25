import { isObject, type JsonValue } from '../../model/index.js'
import { isLabelValue, isQualifiedName, scalarText } from '../../text/index.js'

// Source: k8s.io/kubelet v0.36.2 pkg/apis/well_known_labels.go.
const OWN_LABELS = new Set([
  'kubernetes.io/hostname',
  'topology.kubernetes.io/zone',
  'topology.kubernetes.io/region',
  'failure-domain.beta.kubernetes.io/zone',
  'failure-domain.beta.kubernetes.io/region',
  'beta.kubernetes.io/instance-type',
  'node.kubernetes.io/instance-type',
  'kubernetes.io/os',
  'kubernetes.io/arch',
  'beta.kubernetes.io/os',
  'beta.kubernetes.io/arch',
])
const OWN_NAMESPACES = ['kubelet.kubernetes.io', 'node.kubernetes.io']

/** Why the kubelet refuses its --node-labels, or undefined. Source: kubernetes v1.36.2 cmd/kubelet/app/options, ValidateKubeletFlags. */
export function faultOfNodeLabels(labels: JsonValue | undefined): string | undefined {
  for (const [key, value] of Object.entries(isObject(labels) ? labels : {})) {
    const namespace = key.includes('/') ? key.slice(0, key.indexOf('/')) : ''
    if (isKubernetesNamespace(namespace) && !OWN_LABELS.has(key) && !isOwnNamespace(namespace)) {
      return `--node-labels: a kubelet may not set the label \`${key}\``
    }
    if (!isQualifiedName(key) || !isLabelValue(scalarText(value)))
      return `--node-labels: \`${key}\` is no valid label`
  }
  return undefined
}

function isKubernetesNamespace(namespace: string): boolean {
  return ['kubernetes.io', 'k8s.io'].some((root) => namespace === root || namespace.endsWith(`.${root}`))
}

function isOwnNamespace(namespace: string): boolean {
  return OWN_NAMESPACES.some((root) => namespace === root || namespace.endsWith(`.${root}`))
}
