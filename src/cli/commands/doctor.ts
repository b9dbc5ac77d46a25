import type { Command } from 'commander'
import type { Diagnosis } from '../doctor/seen.js'
import type { CommandContext } from '../command-context.js'
import { oneOf } from '../inputs.js'
import { VERSION } from '../../version.js'

interface DoctorOptions {
  readonly output: 'text' | 'json'
}

/** `rampart doctor`, and `rampart` alone: what can be seen from here, what was not looked at, and how to go on. */
export function registerDoctor(program: Command, { terminal }: CommandContext): void {
  program
    .command('doctor')
    .description('what can be seen from here, what was not looked at, and three commands to go on with')
    .option('-o, --output <format>', 'text or json', oneOf(['text', 'json'] as const), 'text')
    .addHelpText(
      'after',
      '\nReads this machine alone: nothing is contacted and no program is run.\n\nExamples:\n  rampart doctor\n  rampart doctor -o json',
    )
    .action(async ({ output }: DoctorOptions) => {
      const { diagnose } = await import('../doctor/diagnose.js')
      const diagnosis = await diagnose({ env: process.env, cwd: process.cwd(), root: '/' })
      const { visible } = await import('../../reports/index.js')
      terminal.out(output === 'json' ? `${JSON.stringify(diagnosis, null, 2)}\n` : render(diagnosis, visible))
    })
}

/** Names of contexts and files may hold signs that act on a terminal. */
function render({ seen, notSeen, next }: Diagnosis, visible: (text: string) => string): string {
  const width = Math.max(...next.map(({ command }) => command.length))
  const lines = [
    `Rampart ${VERSION}`,
    '',
    'Seen from here',
    ...seen.flatMap(({ what, lines: own }) =>
      own.map((line, at) => `  ${(at === 0 ? what : '').padEnd(11)} ${visible(line)}`),
    ),
    '',
    'Not looked at',
    ...notSeen.map(({ what, how }) => `  ${visible(what)}: ${how}`),
    '',
    'Go on with',
    ...next.map(({ command, why }) => `  ${visible(command).padEnd(width)}  ${why}`),
    '',
    'All commands: rampart --help',
  ]
  return `${lines.join('\n')}\n`
}
