import type { ApiClient } from '../client/index.js'
import { asString, RampartError, valueAt, type JsonObject } from '../model/index.js'
import { bestFirst, isBeingDeleted, isReady, phaseOf } from './pod-order.js'
import { podQuery, podsPath, targetPath, type Target } from './target.js'

/** The parts of the client that are needed here. */
export type Cluster = Pick<ApiClient, 'getJson' | 'list' | 'watch' | 'transport'>

/** A pod that can be forwarded to, and the object that led to it. */
export interface Chosen {
  readonly object: JsonObject
  readonly pod: JsonObject
  readonly podName: string
  readonly uid: string
}

export interface ChooseOptions {
  readonly cluster: Cluster
  readonly namespace: string
  readonly target: Target
  /** Milliseconds to wait for a pod. */
  readonly timeout: number
  /** Prefer waiting for a pod that is ready: one that has just started refuses connections. */
  readonly ready: boolean
  /** Told once when there is something to wait for. */
  readonly onWait: (why: string) => void
  readonly signal: AbortSignal
}

/** Time that a running pod is given to become ready before it is taken as it is. */
const READY_WITHIN = 30_000

/** The pod that kubectl would choose; when none is running, waits for one. Throws RampartError when none comes. */
export async function choosePod(options: ChooseOptions): Promise<Chosen> {
  const { cluster, namespace, target, signal } = options
  const object = await targetObject(options)
  const query = podQuery(target, object)
  const pods: JsonObject[] = []
  for await (const page of cluster.list(podsPath(namespace), { query, signal })) {
    if (page.restarted) pods.length = 0
    pods.push(...page.items)
  }
  const best = bestFirst(pods).find((pod) => fit(pod, options.ready))
  const pod = best ?? (await waitForPod(options, query, stateOf(pods)))
  return {
    object,
    pod,
    podName: asString(valueAt(pod, ['metadata', 'name'])) ?? '',
    uid: asString(valueAt(pod, ['metadata', 'uid'])) ?? '',
  }
}

/** A pod that was deleted is named by nothing else than itself: its absence is waited out, not an error. */
async function targetObject({
  cluster,
  namespace,
  target,
  ready,
  signal,
}: ChooseOptions): Promise<JsonObject> {
  if (target.resource === 'pods' && ready) return {}
  return cluster.getJson(targetPath(target, namespace), {}, signal)
}

function fit(pod: JsonObject, ready: boolean): boolean {
  return phaseOf(pod) === 'Running' && !isBeingDeleted(pod) && (!ready || isReady(pod))
}

function stateOf(pods: readonly JsonObject[]): string {
  if (pods.length === 0) return 'there is none'
  const phases = new Set(pods.map((pod) => (isBeingDeleted(pod) ? 'being deleted' : phaseOf(pod))))
  return `status: ${[...phases].sort().join(', ')}`
}

async function waitForPod(
  { cluster, namespace, target, timeout, ready, onWait, signal }: ChooseOptions,
  query: ReturnType<typeof podQuery>,
  state: string,
): Promise<JsonObject> {
  const none = (): RampartError =>
    new RampartError(
      'unreachable',
      `no pod of ${target.label} is running (${state}) after ${timeout / 1000} s`,
    )
  if (timeout === 0) throw none()
  onWait(`waiting for a running pod of ${target.label} (${state})`)
  const limit = AbortSignal.timeout(timeout)
  const unready = new Map<string, JsonObject>()
  const ends = new AbortController()
  const patience = setTimeout(() => ends.abort(), ready ? Math.min(READY_WITHIN, timeout) : timeout)
  try {
    const within = AbortSignal.any([signal, limit, ends.signal])
    for await (const event of cluster.watch(podsPath(namespace), { query, signal: within })) {
      if (event.type === 'RELIST') unready.clear()
      if (event.type === 'RELIST' || event.type === 'BOOKMARK') continue
      if (event.type !== 'DELETED' && fit(event.object, ready)) return event.object
      const uid = asString(valueAt(event.object, ['metadata', 'uid'])) ?? ''
      if (event.type !== 'DELETED' && fit(event.object, false)) unready.set(uid, event.object)
      else unready.delete(uid)
    }
  } finally {
    clearTimeout(patience)
  }
  signal.throwIfAborted()
  const [pod] = bestFirst([...unready.values()])
  if (pod !== undefined) return pod
  if (limit.aborted || !ready) throw none()
  // Nothing ran while a ready pod was waited for: from here on any running one will do.
  return waitForPod(
    {
      cluster,
      namespace,
      target,
      timeout: Math.max(timeout - READY_WITHIN, 1),
      ready: false,
      onWait: () => undefined,
      signal,
    },
    query,
    state,
  )
}
