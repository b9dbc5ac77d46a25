import { asList, asNumber, asString, field, valueAt, type JsonObject } from '../model/index.js'

const PHASES: Readonly<Record<string, number>> = { Running: 2, Unknown: 1, Pending: 0 }

/**
 * Pods with the one first that kubectl would take: on a node, running, ready, not being deleted, ready for longer, with
 * fewer restarts, older. Source: kubectl v0.36.2 pkg/util/podutils, ActivePods (there the other way round).
 */
export function bestFirst(pods: readonly JsonObject[]): JsonObject[] {
  return [...pods].sort(compare)
}

function compare(a: JsonObject, b: JsonObject): number {
  const steps: ((pod: JsonObject) => number)[] = [
    (pod) => (asString(valueAt(pod, ['spec', 'nodeName'])) ? 0 : 1),
    (pod) => -(PHASES[phaseOf(pod)] ?? 0),
    (pod) => (isReady(pod) ? 0 : 1),
    (pod) => (isBeingDeleted(pod) ? 1 : 0),
    (pod) => -time(valueAt(pod, ['metadata', 'deletionTimestamp']), 0),
    (pod) => (isReady(pod) ? time(field(readyCondition(pod), 'lastTransitionTime'), Infinity) : 0),
    (pod) => restarts(pod, 'containerStatuses'),
    (pod) => restarts(pod, 'initContainerStatuses', sidecars(pod)),
    (pod) => time(valueAt(pod, ['metadata', 'creationTimestamp']), Infinity),
  ]
  for (const step of steps) {
    const [left, right] = [step(a), step(b)]
    if (left !== right) return left < right ? -1 : 1
  }
  return 0
}

export function phaseOf(pod: JsonObject): string {
  return asString(valueAt(pod, ['status', 'phase'])) ?? 'Unknown'
}

export function isBeingDeleted(pod: JsonObject): boolean {
  return valueAt(pod, ['metadata', 'deletionTimestamp']) != null
}

export function isReady(pod: JsonObject): boolean {
  return readyCondition(pod) !== undefined
}

function readyCondition(pod: JsonObject): unknown {
  return asList(valueAt(pod, ['status', 'conditions'])).find(
    (condition) => field(condition, 'type') === 'Ready' && field(condition, 'status') === 'True',
  )
}

function restarts(pod: JsonObject, list: string, names?: ReadonlySet<unknown>): number {
  return asList(valueAt(pod, ['status', list]))
    .filter((status) => names === undefined || names.has(field(status, 'name')))
    .reduce<number>((most, status) => Math.max(most, asNumber(field(status, 'restartCount')) ?? 0), 0)
}

function sidecars(pod: JsonObject): ReadonlySet<unknown> {
  return new Set(
    asList(valueAt(pod, ['spec', 'initContainers']))
      .filter((container) => field(container, 'restartPolicy') === 'Always')
      .map((container) => field(container, 'name')),
  )
}

function time(value: unknown, missing: number): number {
  const parsed = Date.parse(asString(value) ?? '')
  return Number.isNaN(parsed) ? missing : parsed
}
