import { ApiError } from '../client/index.js'
import { asString, RampartError, valueAt, type JsonObject } from '../model/index.js'
import { choosePod, type Chosen, type Cluster } from './choose-pod.js'
import { isBeingDeleted, phaseOf } from './pod-order.js'
import type { PortPair, PortText } from './port-pair.js'
import { podPorts, servicePorts } from './target-ports.js'
import { podsPath, type Target } from './target.js'
import { TunnelPool } from './tunnel-pool.js'
import { openTunnel, type TransportKind } from './tunnel.js'

export interface SessionOptions {
  readonly cluster: Cluster
  readonly namespace: string
  readonly target: Target
  readonly ports: readonly PortText[]
  /** Milliseconds to wait for the first pod. */
  readonly podTimeout: number
  /** Milliseconds to wait for a pod that takes another's place; 0 ends the session with its pod, as kubectl does. */
  readonly reconnectTimeout: number
  readonly transport: TransportKind
  readonly say: (text: string) => void
  readonly signal: AbortSignal
}

/** The pod of this moment. */
export interface Current {
  readonly podName: string
  readonly ports: readonly PortPair[]
  readonly pool: TunnelPool
}

/** Follows the pods behind a target: there is one to forward to, or one is waited for, until the session ends. */
export class PodSession {
  #current: Promise<Current>
  #settle: (error: Error | undefined) => void = () => undefined
  /** Settles when the session can't go on, with the reason. */
  readonly ended: Promise<Error | undefined>

  private constructor(
    private readonly options: SessionOptions,
    chosen: Chosen,
    private now: Current,
  ) {
    this.#current = Promise.resolve(now)
    this.ended = new Promise((resolve) => (this.#settle = resolve))
    void this.#follow(chosen)
  }

  /** Chooses the first pod and opens a tunnel to it, so that what cannot work is told before anything listens. */
  static async start(options: SessionOptions): Promise<PodSession> {
    const { cluster, namespace, target, podTimeout, signal, say } = options
    const chosen = await choosePod({
      ...{ cluster, namespace, target, signal },
      timeout: podTimeout,
      ready: false,
      onWait: say,
    })
    const current = currentOf(options, chosen)
    await current.pool.take()
    return new PodSession(options, chosen, current)
  }

  /** The pod of now; when one is being looked for, waits for it. */
  get current(): Promise<Current> {
    return this.#current
  }

  get ports(): readonly PortPair[] {
    return this.now.ports
  }

  close(): void {
    this.now.pool.retire(true)
  }

  async #follow(first: Chosen): Promise<void> {
    let chosen = first
    try {
      for (;;) {
        const why = await untilGone(this.options, chosen)
        if (this.options.signal.aborted) return this.#settle(undefined)
        chosen = await this.#replace(chosen, why)
      }
    } catch (error) {
      this.#settle(this.options.signal.aborted ? undefined : (error as Error))
    }
  }

  /** Looks for the pod that takes the place of one that is gone. */
  async #replace(gone: Chosen, why: string): Promise<Chosen> {
    const { cluster, namespace, target, reconnectTimeout, say, signal } = this.options
    const { pool } = this.now
    const open = pool.connections
    const lost = open === 0 ? '' : `, with ${open} ${open === 1 ? 'connection' : 'connections'} open`
    if (reconnectTimeout === 0) {
      throw new RampartError('unreachable', `lost connection to pod: ${gone.podName} ${why}${lost}`)
    }
    say(`pod ${gone.podName} ${why}${lost}; looking for the pod that takes its place`)
    const looking = choosePod({
      ...{ cluster, namespace, target, signal },
      timeout: reconnectTimeout,
      ready: true,
      onWait: say,
    })
    const next = looking.then((chosen) => currentOf(this.options, chosen))
    next.catch(() => undefined)
    this.#current = next
    // Connections that are open go on for as long as the old pod lets them.
    pool.retire(false)
    this.now = await next
    say(`forwarding to pod ${this.now.podName} now`)
    return looking
  }
}

function currentOf(options: SessionOptions, { object, pod, podName }: Chosen): Current {
  const { cluster, namespace, target, ports, transport, say } = options
  const pairs = target.resource === 'services' ? servicePorts(ports, object, pod) : podPorts(ports, pod)
  const pool = new TunnelPool(
    () => openTunnel(cluster.transport, namespace, podName, transport),
    (error) =>
      say(`the connection to pod ${podName} was lost (${error.message}); the next one opens it again`),
  )
  return { podName, ports: pairs, pool }
}

/** Waits until a pod is deleted, ends, or another one has its name; says which. */
async function untilGone(
  { cluster, namespace, signal }: SessionOptions,
  { podName, uid }: Chosen,
): Promise<string> {
  const query = { fieldSelector: `metadata.name=${podName}` }
  while (!signal.aborted) {
    // A list would not say that the pod is not in it; so it is read by itself, and watched from there.
    const pod = await cluster.getJson(podsPath(namespace, podName), {}, signal).catch((error: unknown) => {
      if (error instanceof ApiError && error.status === 404) return undefined
      throw error
    })
    const why = pod === undefined ? 'was deleted' : goneBecause('MODIFIED', pod, uid)
    if (why !== undefined) return why
    const resourceVersion = asString(valueAt(pod, ['metadata', 'resourceVersion'])) ?? ''
    for await (const event of cluster.watch(podsPath(namespace), { query, resourceVersion, signal })) {
      if (event.type === 'RELIST') break
      const ended = event.type === 'BOOKMARK' ? undefined : goneBecause(event.type, event.object, uid)
      if (ended !== undefined) return ended
    }
  }
  return 'is not followed any more'
}

function goneBecause(type: string, pod: JsonObject, uid: string): string | undefined {
  const other = asString(valueAt(pod, ['metadata', 'uid'])) !== uid
  if (other) return type === 'DELETED' ? undefined : 'was replaced'
  if (type === 'DELETED') return 'was deleted'
  if (isBeingDeleted(pod)) return 'is being deleted'
  const phase = phaseOf(pod)
  if (phase === 'Succeeded' || phase === 'Failed') return `has ended (${phase})`
  return undefined
}
