import { CommanderError } from 'commander'
import { RampartError } from '../model/index.js'
import { EXIT, exitCodeOf } from './exit-code.js'
import { visibleParts } from './plain-terminal.js'
import { buildProgram } from './program.js'
import { processTerminal } from './terminal.js'

const terminal = processTerminal()
const given = process.argv.slice(2)
// Alone it says what can be seen from here; `rampart --help` lists the commands.
const argv = given.length === 0 ? ['doctor'] : given

try {
  const program = buildProgram(terminal, (code) => {
    process.exitCode = code
  })
  await program.parseAsync(argv, { from: 'user' })
} catch (error) {
  process.exitCode = explain(error)
}

/** One line about what went wrong, and the exit code for it. */
function explain(error: unknown): number {
  // Commander has written its own message by now.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage
  if (error instanceof RampartError) {
    terminal.err(`error: ${visibleParts(error.message)}\n`)
    return exitCodeOf(error.code)
  }
  const text = error instanceof Error ? error.message : String(error)
  terminal.err(`error: this is a defect of Rampart: ${visibleParts(text)}\n`)
  terminal.err('Please report it with the command line; `--debug` adds where it happened.\n')
  if (argv.includes('--debug') && error instanceof Error) terminal.err(`${error.stack ?? ''}\n`)
  return EXIT.usage
}
