import {
  asList,
  asObject,
  asString,
  field,
  valueAt,
  type JsonObject,
  type JsonValue,
} from '../../model/index.js'
import { quantityAmount } from '../../text/index.js'

/** Amounts by the name of the resource; cpu in cores, memory in bytes, pods in pods. */
export type Amounts = ReadonlyMap<string, number>

/**
 * What the scheduler sets aside for a pod: the sum of its containers and sidecars, or more where an init container asks
 * for more, or what the pod as a whole asks for, and its overhead; and its own place among the pods of the node.
 * Source: kubernetes v1.36.3 staging/src/k8s.io/component-helpers/resource/helpers.go, PodRequests.
 */
export function podRequests(pod: JsonObject): Amounts {
  const spec = asObject(pod.spec)
  const total = new Map<string, number>()
  for (const container of asList(spec.containers)) addTo(total, requestsOf(container))
  const sidecars = new Map<string, number>()
  const most = new Map<string, number>()
  for (const container of asList(spec.initContainers)) {
    const own = requestsOf(container)
    if (field(container, 'restartPolicy') === 'Always') {
      addTo(total, own)
      addTo(sidecars, own)
      raiseTo(most, sidecars)
    } else {
      const withSidecars = new Map(sidecars)
      addTo(withSidecars, own)
      raiseTo(most, withSidecars)
    }
  }
  raiseTo(total, most)
  // Amounts of the pod as a whole count instead of those of its containers.
  for (const [name, amount] of requestsOf(spec)) total.set(name, amount)
  addTo(total, amountsOf(spec.overhead))
  total.set('pods', 1)
  return total
}

/** A limit alone is a request too: the API fills it in, files may leave it out. */
function requestsOf(container: JsonValue): Map<string, number> {
  const limits = amountsOf(valueAt(container, ['resources', 'limits']))
  return new Map([...limits, ...amountsOf(valueAt(container, ['resources', 'requests']))])
}

function amountsOf(value: JsonValue | undefined): Map<string, number> {
  const amounts = new Map<string, number>()
  for (const [name, text] of Object.entries(asObject(value))) {
    const amount = quantityAmount(text)
    if (amount !== undefined) amounts.set(name, amount)
  }
  return amounts
}

function addTo(sum: Map<string, number>, more: Amounts): void {
  for (const [name, amount] of more) sum.set(name, (sum.get(name) ?? 0) + amount)
}

function raiseTo(sum: Map<string, number>, least: Amounts): void {
  for (const [name, amount] of least) sum.set(name, Math.max(sum.get(name) ?? 0, amount))
}

/** What a node has for pods; undefined where it does not say so. */
export function allocatable(node: JsonObject): Amounts | undefined {
  const amounts = amountsOf(valueAt(node, ['status', 'allocatable']))
  return amounts.size === 0 ? undefined : amounts
}

/** `3 cpu, 8Gi memory`, for messages. */
export function amountsText(amounts: Amounts): string {
  return [
    'cpu',
    'memory',
    ...[...amounts.keys()].filter((name) => !['cpu', 'memory', 'pods'].includes(name)).sort(),
  ]
    .flatMap((name) => {
      const amount = amounts.get(name) ?? 0
      return amount > 0 ? `${amountText(name, amount)} ${name}` : []
    })
    .join(', ')
}

export function amountText(name: string, amount: number): string {
  if (!/memory|storage|hugepages/.test(name)) return String(Math.round(amount * 1000) / 1000)
  const [size, unit] = amount >= 2 ** 30 ? [2 ** 30, 'Gi'] : [2 ** 20, 'Mi']
  return `${Math.round((amount / size) * 10) / 10}${unit}`
}

/** The name of the node that a pod is bound to; empty where to none. */
export function nodeOfPod(pod: JsonObject): string {
  return asString(valueAt(pod, ['spec', 'nodeName'])) ?? ''
}
