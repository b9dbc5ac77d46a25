import { setTimeout as sleep } from 'node:timers/promises'

/** Lets `burst` questions pass at once and `perSecond` after that, so that no server is flooded. */
export class RateLimit {
  private tokens: number
  private filled = performance.now()

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
  ) {
    this.tokens = burst
  }

  /** Waits for one's turn. */
  async turn(signal?: AbortSignal): Promise<void> {
    const now = performance.now()
    this.tokens = Math.min(this.burst, this.tokens + ((now - this.filled) / 1000) * this.perSecond)
    this.filled = now
    this.tokens -= 1
    // Debts are paid in the order in which they were made.
    if (this.tokens < 0) await sleep((-this.tokens / this.perSecond) * 1000, undefined, { signal })
  }
}
