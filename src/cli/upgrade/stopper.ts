import type { CommandContext } from '../command-context.js'

/** The first Ctrl-C lets the running step end; the second leaves it to itself. */
export function stopper(
  { terminal }: CommandContext,
  view: { end(): void },
): { readonly signal: AbortSignal; readonly stopping: () => boolean; forget(): void } {
  const abort = new AbortController()
  let asked = 0
  const take = (): void => {
    asked += 1
    if (asked === 1) {
      terminal.err(
        '\nStops after the running step. Again: leaves it now; what runs on hosts goes on there.\n',
      )
    } else {
      view.end()
      abort.abort()
    }
  }
  process.on('SIGINT', take)
  process.on('SIGTERM', take)
  return {
    signal: abort.signal,
    stopping: () => asked > 0,
    forget() {
      process.off('SIGINT', take)
      process.off('SIGTERM', take)
    },
  }
}
