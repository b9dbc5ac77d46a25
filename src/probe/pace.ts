/** Waits until the next request may go out. */
export type Pace = () => Promise<void>

/** At most so many a second, evenly spaced: the first at once. */
export function pace(perSecond: number): Pace {
  const gap = 1000 / perSecond
  let next = 0
  return () => {
    const now = Date.now()
    const wait = Math.max(0, next - now)
    next = Math.max(now, next) + gap
    return wait === 0 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, wait))
  }
}
