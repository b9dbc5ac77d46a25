import type { ApiClient } from '../../client/index.js'
import { asStrings, field, type JsonObject } from '../../model/index.js'
import { anyError, isStatus, plain, type DrainError } from './drain-error.js'
import type { DrainObserver } from './drain-event.js'
import type { Settled } from './drain-options.js'
import { deletionTime, nameOf, uidOf } from './drained-pod.js'
import { pause, podPath } from './eviction.js'
import { isOverdue } from './pod-filters.js'

/** Go's words for a time limit that is over. */
const LATE = plain('context deadline exceeded')

/** What is the same for all pods of one drain. */
export interface Waiting {
  readonly client: ApiClient
  readonly node: string
  readonly how: 'evicted' | 'deleted'
  readonly settled: Settled
  readonly observer: DrainObserver
  /** Milliseconds since the epoch after which nothing is waited for. */
  readonly until: number
}

/**
 * Looks at pods, at once and then each second, until each is gone: not found, or another one of the same name. Gives
 * the first error, or that of the time limit. Source: kubectl v0.36.3 pkg/drain/drain.go, waitForDelete; apimachinery
 * v0.36.3 pkg/util/wait/loop.go (the first look is made whatever the time; the second is counted from its beginning).
 */
export async function waitForEnd(
  pods: readonly JsonObject[],
  waiting: Waiting,
): Promise<DrainError | undefined> {
  const { settled } = waiting
  let left = pods
  let next = Date.now()
  for (let looks = 0; ; looks += 1) {
    if (looks > 0) {
      next = Math.max(next + settled.pollEvery, Date.now())
      const wait = Math.min(next, waiting.until) - Date.now()
      await pause(Math.max(0, wait), settled.signal)
      if (Date.now() >= waiting.until) return LATE
    }
    const pending: JsonObject[] = []
    for (const pod of left) {
      const seen = await look(pod, waiting, looks === 0)
      if (seen === 'pending') pending.push(pod)
      else if (seen !== 'done') return seen
    }
    if (pending.length === 0) return undefined
    left = pending
  }
}

async function look(
  pod: JsonObject,
  waiting: Waiting,
  first: boolean,
): Promise<'done' | 'pending' | DrainError> {
  const { client, settled, observer, node, how } = waiting
  const of = { node, pod: nameOf(pod) }
  let now: JsonObject | undefined
  try {
    now = await client.getJson(podPath(pod), undefined, settled.signal)
  } catch (thrown) {
    settled.signal.throwIfAborted()
    const error = anyError(thrown)
    if (!isStatus(error, 404, 'NotFound')) {
      observer.event({ type: 'lost', ...of, how, error })
      return error
    }
  }
  if (now === undefined || uidOf(now) !== uidOf(pod)) {
    observer.event({ type: 'gone', ...of, how })
    return 'done'
  }
  const seconds = settled.skipWaitForDeleteTimeoutSeconds
  if (isOverdue(now, seconds, Date.now())) {
    observer.event({ type: 'skipped', ...of, seconds })
    return 'done'
  }
  if (first) {
    const due = deletionTime(now)
    const finalizers = asStrings(field(now.metadata, 'finalizers'))
    observer.event({ type: 'ending', ...of, ...(due === undefined ? {} : { due }), finalizers })
  }
  return 'pending'
}
