/** Ends a proxy that nobody uses: after a time without requests, and after its longest life whatever happens. */
export class Expiry {
  #running = 0
  #timer: NodeJS.Timeout | undefined
  readonly #life: NodeJS.Timeout | undefined
  #settle: (why: string) => void = () => undefined
  /** Settles with the reason; never where there are no limits. */
  readonly expired: Promise<string>

  constructor(
    private readonly idle: number,
    longest: number,
  ) {
    this.expired = new Promise((resolve) => (this.#settle = resolve))
    if (longest > 0) this.#life = setTimeout(() => this.#settle('its longest life is over'), longest)
    this.#wait()
  }

  /** A request has begun; call what comes back when it has ended. */
  begin(): () => void {
    this.#running += 1
    clearTimeout(this.#timer)
    let over = false
    return () => {
      if (over) return
      over = true
      this.#running -= 1
      if (this.#running === 0) this.#wait()
    }
  }

  stop(): void {
    clearTimeout(this.#timer)
    clearTimeout(this.#life)
  }

  #wait(): void {
    if (this.idle <= 0) return
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#settle('nothing was asked for too long'), this.idle)
  }
}
