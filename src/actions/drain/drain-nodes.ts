import type { ApiClient } from '../../client/index.js'
import { asString, valueAt, type JsonObject } from '../../model/index.js'
import { nodePath, setUnschedulable } from './cordon.js'
import { anyError, several, statusError, textOf, type DrainError } from './drain-error.js'
import { UNOBSERVED, type DrainObserver } from './drain-event.js'
import { settle, type DrainOptions, type Settled } from './drain-options.js'
import { nameOf, type PodName } from './drained-pod.js'
import { deletePods, evictPods } from './evict-pods.js'
import { evictionVersion } from './eviction.js'
import { goes } from './pod-filters.js'
import { choosePodsOf } from './pods-of-node.js'

/** How far the drain of one node came. In every case but `no-node` and `not-cordoned` the node stays cordoned. */
export type DrainOutcome =
  /** Every pod that was to go is gone. */
  | { readonly kind: 'drained'; readonly node: string; readonly pods: readonly PodName[] }
  /** The node could not be read. */
  | { readonly kind: 'no-node'; readonly node: string; readonly error: DrainError }
  /** The node could not be cordoned, and no pod was touched. */
  | { readonly kind: 'not-cordoned'; readonly node: string; readonly error: DrainError }
  /** A filter said no, or the pods could not be listed: no pod was touched. */
  | { readonly kind: 'refused'; readonly node: string; readonly error: DrainError }
  /** Some pods could not be evicted or did not end; others may be gone. `pending` is what was still to go. */
  | {
      readonly kind: 'failed'
      readonly node: string
      readonly error: DrainError
      readonly pending: readonly PodName[]
    }
  /** The signal ended it. Evictions that the server took go on. */
  | { readonly kind: 'aborted'; readonly node: string }

/** Why in one line; empty where it is drained. */
export function reasonOf(outcome: DrainOutcome): string {
  if (outcome.kind === 'drained') return ''
  return outcome.kind === 'aborted' ? 'it was stopped' : textOf(outcome.error)
}

/**
 * Cordons a node and moves its pods away, as `kubectl drain` does; where it cannot be cordoned, nothing is evicted.
 * Throws RampartError where the server does not answer at all before the first eviction.
 */
export async function drainNode(
  client: ApiClient,
  node: string,
  options: DrainOptions = {},
  observer: DrainObserver = UNOBSERVED,
): Promise<DrainOutcome> {
  const settled = settle(options)
  return unlessStopped(node, settled.signal, async () => {
    let read: JsonObject
    try {
      read = await client.getJson(nodePath(node), undefined, settled.signal)
    } catch (thrown) {
      return { kind: 'no-node', node, error: statusError(thrown) }
    }
    const cordoned = await setUnschedulable(client, read, true, settled, observer)
    if (cordoned.kind === 'failed') return { kind: 'not-cordoned', node, error: cordoned.error }
    return emptyNode(client, node, settled, observer)
  })
}

/**
 * Drains nodes that were read before, one after another, as `kubectl drain` with several names: all are cordoned first,
 * and one that cannot be drained does not hold up the next. One that cannot be cordoned is left alone, where kubectl
 * drains it all the same (see `evenUncordoned`).
 * Source: kubectl v0.36.3 pkg/cmd/drain/drain.go, RunDrain.
 */
export async function drainNodes(
  client: ApiClient,
  nodes: readonly JsonObject[],
  options: DrainOptions = {},
  observer: DrainObserver = UNOBSERVED,
): Promise<DrainOutcome[]> {
  const settled = settle(options)
  const refused = new Map<string, DrainError>()
  const names = nodes.map((node) => asString(valueAt(node, ['metadata', 'name'])) ?? '')
  const stopped = await unlessStopped('', settled.signal, async () => {
    for (const node of nodes) {
      const cordoned = await setUnschedulable(client, node, true, settled, observer)
      if (cordoned.kind === 'failed') refused.set(cordoned.node, cordoned.error)
    }
    return undefined
  })
  if (stopped !== undefined) return names.map((node) => ({ kind: 'aborted', node }))
  const outcomes: DrainOutcome[] = []
  for (const node of names) {
    const error = settled.evenUncordoned ? undefined : refused.get(node)
    if (error !== undefined) outcomes.push({ kind: 'not-cordoned', node, error })
    else if (settled.signal.aborted) outcomes.push({ kind: 'aborted', node })
    else
      outcomes.push(
        await unlessStopped(node, settled.signal, () => emptyNode(client, node, settled, observer)),
      )
  }
  return outcomes
}

async function unlessStopped<Result>(
  node: string,
  signal: AbortSignal,
  run: () => Promise<Result>,
): Promise<Result | { readonly kind: 'aborted'; readonly node: string }> {
  try {
    return await run()
  } catch (error) {
    if (signal.aborted) return { kind: 'aborted', node }
    throw error
  }
}

/** Source: kubectl v0.36.3 pkg/cmd/drain/drain.go, deleteOrEvictPodsSimple. */
async function emptyNode(
  client: ApiClient,
  node: string,
  settled: Settled,
  observer: DrainObserver,
): Promise<DrainOutcome> {
  const { chosen = [], warnings, errors } = await choosePodsOf(client, node, settled)
  if (errors.length > 0) {
    const error = several(errors)
    observer.event({ type: 'not-drained', node, error })
    return { kind: 'refused', node, error }
  }
  const pods = chosen.filter(({ fate }) => goes(fate)).map(({ pod }) => pod)
  observer.event({ type: 'chosen', node, pods: pods.map(nameOf), warnings })
  if (settled.dryRun === 'client') {
    for (const pod of pods) observer.event({ type: 'would-evict', node, pod: nameOf(pod) })
  } else if (pods.length > 0) {
    const error = await removePods(client, node, pods, settled, observer)
    if (error !== undefined) return failed(client, node, error, settled, observer)
  }
  observer.event({ type: 'drained', node, dryRun: settled.dryRun })
  return { kind: 'drained', node, pods: pods.map(nameOf) }
}

async function removePods(
  client: ApiClient,
  node: string,
  pods: readonly JsonObject[],
  settled: Settled,
  observer: DrainObserver,
): Promise<DrainError | undefined> {
  const waiting = { client, node, settled, observer, until: Infinity }
  if (!settled.disableEviction) {
    let version: string | undefined
    try {
      version = await evictionVersion(client, settled.signal)
    } catch (thrown) {
      settled.signal.throwIfAborted()
      return statusError(thrown)
    }
    if (version !== undefined) {
      const until = settled.timeout === 0 ? Infinity : Date.now() + settled.timeout
      return evictPods(pods, version, { ...waiting, until })
    }
  }
  return deletePods(pods, waiting)
}

async function failed(
  client: ApiClient,
  node: string,
  error: DrainError,
  settled: Settled,
  observer: DrainObserver,
): Promise<DrainOutcome> {
  const { chosen = [], errors } = await choosePodsOf(client, node, settled).catch((thrown: unknown) => {
    settled.signal.throwIfAborted()
    // A server that went away meanwhile must not hide what went wrong before.
    return { chosen: [], errors: [anyError(thrown)] }
  })
  const pending = chosen.filter(({ fate }) => goes(fate)).map(({ pod }) => nameOf(pod))
  observer.event({ type: 'pending', node, pods: pending, error, errors })
  observer.event({ type: 'not-drained', node, error })
  return { kind: 'failed', node, error, pending }
}
