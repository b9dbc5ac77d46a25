import type { Tunnel } from './tunnel.js'

/** Connections of one tunnel before another is opened: each may hold 256 KiB for a slow reader. */
const PER_TUNNEL = 64
const MOST_TUNNELS = 8
const STREAMS_EACH = 2

/**
 * The tunnels to one pod. SPDY as Kubernetes speaks it has no windows: one slow reader holds its whole tunnel up, and
 * with kubectl, which has but one, everything. New connections go where nothing is held up.
 */
export class TunnelPool {
  readonly #tunnels = new Set<Tunnel>()
  #dialling: Promise<Tunnel> | undefined
  #retired = false

  constructor(
    private readonly dial: () => Promise<Tunnel>,
    private readonly onLost: (error: Error) => void,
  ) {}

  /** Forwarded connections that are open. */
  get connections(): number {
    return [...this.#tunnels].reduce((sum, { size }) => sum + Math.ceil(size / STREAMS_EACH), 0)
  }

  /** A tunnel for one more connection. */
  async take(): Promise<Tunnel> {
    const open = [...this.#tunnels].filter((tunnel) => tunnel.open)
    const free = open.find(({ stalled, size }) => !stalled && size < PER_TUNNEL * STREAMS_EACH)
    if (free !== undefined) return free
    if (open.length >= MOST_TUNNELS) {
      return open.reduce((best, tunnel) => (tunnel.size < best.size ? tunnel : best))
    }
    this.#dialling ??= this.#add().finally(() => (this.#dialling = undefined))
    return this.#dialling
  }

  /** Takes no new connections any more; tunnels close when theirs have ended, or at once when `cut`. */
  retire(cut: boolean): void {
    this.#retired = true
    for (const tunnel of this.#tunnels) {
      if (cut || tunnel.size === 0) tunnel.close()
    }
  }

  /** To be called when a connection has ended. */
  tidy(): void {
    if (this.#retired) this.retire(false)
  }

  async #add(): Promise<Tunnel> {
    const tunnel = await this.dial()
    this.#tunnels.add(tunnel)
    void tunnel.ended.then((error) => {
      this.#tunnels.delete(tunnel)
      if (error !== undefined && !this.#retired) this.onLost(error)
    })
    if (this.#retired) tunnel.close()
    return tunnel
  }
}
