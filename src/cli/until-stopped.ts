/** A signal that Ctrl-C or a request to end sets off; `forget` takes the listeners away. */
export function untilStopped(): { readonly signal: AbortSignal; forget(): void } {
  const stop = new AbortController()
  const end = (): void => stop.abort()
  process.once('SIGINT', end)
  process.once('SIGTERM', end)
  return {
    signal: stop.signal,
    forget() {
      process.off('SIGINT', end)
      process.off('SIGTERM', end)
    },
  }
}
