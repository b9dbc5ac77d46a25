import { asList, asString, field, type JsonObject } from '../../model/index.js'
import { formatGoDuration, goQuote } from '../../text/index.js'
import { isStatus, namespaceEnds, plain, several, textOf, type DrainError } from './drain-error.js'
import { deletionTime, nameOf } from './drained-pod.js'
import { deletePod, evictPod, pause, podPath } from './eviction.js'
import { waitForEnd, type Waiting } from './wait-for-end.js'

/**
 * Evicts pods, all at the same time, and waits for the end of each. Source: kubectl v0.36.3 pkg/drain/drain.go, evictPods.
 */
export async function evictPods(
  pods: readonly JsonObject[],
  version: string,
  waiting: Omit<Waiting, 'how'>,
): Promise<DrainError | undefined> {
  const results = await Promise.allSettled(
    pods.map((pod) => evictAndWait(pod, version, { ...waiting, how: 'evicted' })),
  )
  const errors: DrainError[] = []
  for (const result of results) {
    // A signal ends all of them: the first reason is that of all.
    if (result.status === 'rejected') throw result.reason
    if (result.value !== undefined) errors.push(result.value)
  }
  return errors.length === 0 ? undefined : several(errors)
}

async function evictAndWait(
  pod: JsonObject,
  version: string,
  waiting: Waiting,
): Promise<DrainError | undefined> {
  const { settled, client, observer, node } = waiting
  let active = pod
  for (let attempt = 1; ; attempt += 1) {
    const named = nameOf(active)
    const of = { node, pod: named }
    const what = `pods/${goQuote(named.name)} -n ${goQuote(named.namespace)}`
    observer.event({ type: 'evicting', ...of, attempt, dryRun: settled.dryRun })
    if (Date.now() >= waiting.until) {
      const limit = formatGoDuration(BigInt(Math.round(settled.timeout * 1_000_000)))
      return plain(`error when evicting ${what}: global timeout reached: ${limit}`)
    }
    const error = await evictPod(client, active, version, settled, (asked, after) =>
      observer.event({ type: 'asked-to-wait', ...of, error: asked, causes: causesOf(asked), after }),
    )
    if (error === undefined) break
    if (isStatus(error, 404, 'NotFound')) return undefined
    const full = isStatus(error, 429, 'TooManyRequests')
    // No eviction can be made where the namespace ends; a pod that is being deleted there is only waited for.
    if (!full && namespaceEnds(error) && deletionTime(active) !== undefined) break
    if (!full && !namespaceEnds(error)) return plain(`error when evicting ${what}: ${textOf(error)}`)
    observer.event({
      type: 'retry',
      ...of,
      because: full ? 'too-many-requests' : 'namespace-terminating',
      error,
      causes: causesOf(error),
      after: settled.retryAfter,
    })
    await pause(settled.retryAfter, settled.signal)
    active = (await fresh(active, waiting)) ?? active
  }
  if (settled.dryRun === 'server') return undefined
  const error = await waitForEnd([active], waiting)
  if (error === undefined) return undefined
  const { namespace, name } = nameOf(pod)
  return plain(
    `error when waiting for pod ${goQuote(name)} in namespace ${goQuote(namespace)} to terminate: ${textOf(error)}`,
  )
}

/** The pod as it is now; where it cannot be had, the next eviction will say why. */
async function fresh(pod: JsonObject, { client, settled }: Waiting): Promise<JsonObject | undefined> {
  try {
    return await client.getJson(podPath(pod), undefined, settled.signal)
  } catch {
    settled.signal.throwIfAborted()
    return undefined
  }
}

function causesOf(error: DrainError): string[] {
  if (error.kind !== 'status') return []
  return asList(field(error.status.details, 'causes')).flatMap(
    (cause) => asString(field(cause, 'message')) ?? [],
  )
}

/**
 * Deletes pods, one after another, and then waits for all. The first that is refused ends it at once.
 * Source: kubectl v0.36.3 pkg/drain/drain.go, deletePods.
 */
export async function deletePods(
  pods: readonly JsonObject[],
  waiting: Omit<Waiting, 'how'>,
): Promise<DrainError | undefined> {
  const { settled, client, observer, node } = waiting
  for (const pod of pods) {
    const of = { node, pod: nameOf(pod) }
    const error = await deletePod(client, pod, settled, (asked, after) =>
      observer.event({ type: 'asked-to-wait', ...of, error: asked, causes: causesOf(asked), after }),
    )
    if (error !== undefined && !isStatus(error, 404, 'NotFound')) return error
  }
  // kubectl waits on for pods that a dry run does not delete, for ever.
  if (settled.dryRun === 'server') return undefined
  const until = settled.timeout === 0 ? Infinity : Date.now() + settled.timeout
  return waitForEnd(pods, { ...waiting, until, how: 'deleted' })
}
