import { visible } from '../text/index.js'

/** What a command may touch of the outside: its streams and what is known of them. */
export interface Terminal {
  readonly out: (text: string) => void
  readonly err: (text: string) => void
  /** Whether standard output shows colours (`NO_COLOR` and `FORCE_COLOR` are heeded). */
  readonly color: boolean
  readonly width: number
  /** Whether progress may be drawn on standard error. */
  readonly interactive: boolean
  /** Draws a line about progress over the one before; an empty one clears it. Nothing where it may not be drawn. */
  readonly progress: (text: string) => void
}

/** The terminal of this process. A reader that goes away (`| head`) ends the program quietly. */
export function processTerminal(): Terminal {
  const { stdout, stderr, env } = process
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
    throw error
  })
  const interactive = stderr.isTTY && env.TERM !== 'dumb'
  const forced = env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '' && env.FORCE_COLOR !== '0'
  const refused = env.NO_COLOR !== undefined && env.NO_COLOR !== ''
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    color: forced || (stdout.isTTY && !refused && env.TERM !== 'dumb'),
    width: Math.min(Math.max(stdout.columns ?? 80, 60), 120),
    interactive,
    progress: (text) => {
      // What servers and files call themselves is in it, so it is made visible here, whoever asks.
      if (interactive) stderr.write(`\r\x1b[K${visible(text)}`)
    },
  }
}
