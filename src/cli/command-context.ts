import type { Terminal } from './terminal.js'

/** What a command is given: its streams, and the way to set the exit code. */
export interface CommandContext {
  readonly terminal: Terminal
  readonly setExit: (code: number) => void
}
