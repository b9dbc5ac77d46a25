import { selectorMatches } from '../../kube/index.js'
import {
  asList,
  asNumber,
  asObject,
  asString,
  asStrings,
  field,
  valueAt,
  type JsonObject,
  type JsonValue,
} from '../../model/index.js'

/** Why a node takes a pod not, whatever its room; undefined where nothing that is known speaks against it. */
export function whyNotOn(pod: JsonObject, node: JsonObject): string | undefined {
  if (field(node.spec, 'unschedulable') === true) return 'is cordoned'
  const taint = untoleratedTaint(pod, node)
  if (taint !== undefined) return `has the taint ${taint}`
  return nodeSelected(pod, node) ? undefined : 'has not the labels that are asked for'
}

/** Source: component-helpers v0.36.3 scheduling/corev1/helpers.go, FindMatchingUntoleratedTaint. */
function untoleratedTaint(pod: JsonObject, node: JsonObject): string | undefined {
  const tolerations = asList(valueAt(pod, ['spec', 'tolerations']))
  for (const taint of asList(valueAt(node, ['spec', 'taints']))) {
    const effect = asString(field(taint, 'effect')) ?? ''
    if (effect !== 'NoSchedule' && effect !== 'NoExecute') continue
    if (tolerations.some((each) => tolerates(each, taint))) continue
    const value = asString(field(taint, 'value')) ?? ''
    return `${asString(field(taint, 'key')) ?? ''}${value === '' ? '' : `=${value}`}:${effect}`
  }
  return undefined
}

/** Source: kubernetes v1.36.3 staging/src/k8s.io/api/core/v1/toleration.go, ToleratesTaint. */
function tolerates(toleration: JsonValue, taint: JsonValue): boolean {
  const [effect, key] = [field(toleration, 'effect') ?? '', field(toleration, 'key') ?? '']
  if (effect !== '' && effect !== field(taint, 'effect')) return false
  if (key !== '' && key !== field(taint, 'key')) return false
  const operator = field(toleration, 'operator') ?? ''
  if (operator === 'Exists') return true
  const [wanted, given] = [field(toleration, 'value') ?? '', field(taint, 'value') ?? '']
  if (operator === '' || operator === 'Equal') return wanted === given
  const [left, right] = [Number(given), Number(wanted)]
  if (wanted === '' || given === '' || !Number.isInteger(left) || !Number.isInteger(right)) return false
  return operator === 'Lt' ? left < right : operator === 'Gt' && left > right
}

/** `nodeSelector` and required node affinity. Source: component-helpers v0.36.3 scheduling/corev1/nodeaffinity. */
function nodeSelected(pod: JsonObject, node: JsonObject): boolean {
  const labels = asObject(valueAt(node, ['metadata', 'labels']))
  const exact = asObject(valueAt(pod, ['spec', 'nodeSelector']))
  if (!Object.entries(exact).every(([key, value]) => field(labels, key) === value)) return false
  const required = valueAt(pod, [
    'spec',
    'affinity',
    'nodeAffinity',
    'requiredDuringSchedulingIgnoredDuringExecution',
  ])
  return required === undefined || required === null || nodeSelectorMatches(required, node)
}

/** Whether a NodeSelector takes a node: one of its terms does; an empty term takes none. */
export function nodeSelectorMatches(selector: JsonValue, node: JsonObject): boolean {
  const labels = asObject(valueAt(node, ['metadata', 'labels']))
  const name = asString(valueAt(node, ['metadata', 'name'])) ?? ''
  return asList(field(selector, 'nodeSelectorTerms')).some((term) => {
    const expressions = asList(field(term, 'matchExpressions'))
    const fields = asList(field(term, 'matchFields'))
    if (expressions.length + fields.length === 0) return false
    return (
      expressions.every((each) => expressionHolds(each, field(labels, asString(field(each, 'key')) ?? ''))) &&
      fields.every((each) => field(each, 'key') === 'metadata.name' && expressionHolds(each, name))
    )
  })
}

function expressionHolds(expression: JsonValue, value: JsonValue | undefined): boolean {
  const values = asStrings(field(expression, 'values'))
  const has = typeof value === 'string'
  switch (field(expression, 'operator')) {
    case 'In':
      return has && values.includes(value)
    case 'NotIn':
      return !has || !values.includes(value)
    case 'Exists':
      return has
    case 'DoesNotExist':
      return !has
    case 'Gt':
    case 'Lt': {
      if (!has || !/^[+-]?\d+$/.test(value) || !/^[+-]?\d+$/.test(values[0] ?? '')) return false
      const [left, right] = [Number(value), Number(values[0])]
      return field(expression, 'operator') === 'Gt' ? left > right : left < right
    }
    default:
      return false
  }
}

/** Ports of the node that a pod takes: `TCP 0.0.0.0 80`. */
export function hostPorts(pod: JsonObject): string[] {
  const containers = [
    ...asList(valueAt(pod, ['spec', 'containers'])),
    ...asList(valueAt(pod, ['spec', 'initContainers'])).filter(
      (each) => field(each, 'restartPolicy') === 'Always',
    ),
  ]
  return containers.flatMap((container) =>
    asList(field(container, 'ports')).flatMap((port) => {
      const number = asNumber(field(port, 'hostPort')) ?? 0
      if (number <= 0) return []
      const address = asString(field(port, 'hostIP')) ?? ''
      return `${asString(field(port, 'protocol')) ?? 'TCP'} ${address === '' ? '0.0.0.0' : address} ${number}`
    }),
  )
}

/** Source: kubernetes v1.36.3 pkg/scheduler framework, HostPortInfo.CheckConflict: every address meets each other one's. */
export function portsMeet(a: string, b: string): boolean {
  const [protocolA, addressA, portA] = a.split(' ')
  const [protocolB, addressB, portB] = b.split(' ')
  if (protocolA !== protocolB || portA !== portB) return false
  return addressA === addressB || addressA === '0.0.0.0' || addressB === '0.0.0.0'
}

const HOSTNAME = 'kubernetes.io/hostname'

/** Whether one of two pods must not share a node with the other one, by rules about single nodes. */
export function repel(a: JsonObject, b: JsonObject): boolean {
  return repels(a, b) || repels(b, a)
}

function repels(pod: JsonObject, other: JsonObject): boolean {
  return antiTerms(pod).some((term) => {
    if (field(term, 'topologyKey') !== HOSTNAME) return false
    const namespaces = asStrings(field(term, 'namespaces'))
    const own = asString(valueAt(pod, ['metadata', 'namespace'])) ?? ''
    const theirs = asString(valueAt(other, ['metadata', 'namespace'])) ?? ''
    if (!(namespaces.length === 0 ? [own] : namespaces).includes(theirs)) return false
    return selectorMatches(field(term, 'labelSelector'), asObject(valueAt(other, ['metadata', 'labels'])))
  })
}

function antiTerms(pod: JsonObject): JsonValue[] {
  return asList(
    valueAt(pod, ['spec', 'affinity', 'podAntiAffinity', 'requiredDuringSchedulingIgnoredDuringExecution']),
  )
}

/** What of a pod's wishes is not reckoned with, so that room that is found may still not do. */
export function unreckoned(pod: JsonObject, knowsVolume: (claim: string) => boolean): string[] {
  const spec = asObject(pod.spec)
  const found: string[] = []
  const required = valueAt(spec, [
    'affinity',
    'podAffinity',
    'requiredDuringSchedulingIgnoredDuringExecution',
  ])
  if (asList(required).length > 0) found.push('it wants to be near other pods')
  if (
    antiTerms(pod).some(
      (term) => field(term, 'topologyKey') !== HOSTNAME || field(term, 'namespaceSelector') !== undefined,
    )
  )
    found.push('it wants to be away from other pods')
  if (
    asList(spec.topologySpreadConstraints).some(
      (each) => field(each, 'whenUnsatisfiable') !== 'ScheduleAnyway',
    )
  )
    found.push('it must be spread evenly')
  if (asList(spec.resourceClaims).length > 0) found.push('it claims devices')
  const scheduler = asString(spec.schedulerName) ?? 'default-scheduler'
  if (scheduler !== 'default-scheduler') found.push(`${scheduler} places it`)
  const claims = asList(spec.volumes).flatMap(
    (volume) => asString(valueAt(volume, ['persistentVolumeClaim', 'claimName'])) ?? [],
  )
  if (claims.some((claim) => !knowsVolume(claim))) found.push('where its volumes can be used is not known')
  return found
}
