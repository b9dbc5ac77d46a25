import type { Command, Problem } from '../../model/index.js'
import { parsePs, redactArguments } from '../../text/index.js'
import { componentOf } from './components.js'

export interface PsText {
  readonly text: string
  readonly file: string
}

/** The components in a saved `ps`, and what is wrong with it. Arguments that held blanks cannot be told from two. */
export function psCommands(
  ps: PsText,
  host: string,
): { commands: Command[]; problems: Problem[]; seen: boolean } {
  const listing = parsePs(ps.text)
  const problems: Problem[] = []
  if (!listing.recognised) {
    const message = `\`${ps.file}\` has no header with PID and CMD or COMMAND: save \`ps -ef\` or \`ps auxww\``
    problems.push({ code: 'unknown-format', message, place: { file: ps.file, host }, level: 'error' })
  }
  const commands = listing.processes.flatMap((process): Command[] => {
    const [program = '', ...words] = process.command.split(/\s+/)
    // The last word of a line that was cut is the begin of another word.
    const args = process.cut ? words.slice(0, -1) : words
    const title = /^(\S+) (server|agent)$/.test(process.command) ? process.command : program
    const start = componentOf(title, redactArguments(title === program ? args : []), (word) => word)
    if (start === undefined) return []
    if (process.cut) {
      problems.push({
        code: 'truncated-line',
        level: 'warning',
        message: `the line of \`${start.component}\` is cut at column ${listing.cutAt ?? process.column}: arguments are missing; save \`ps -efww\` or \`ps auxww\``,
        place: { file: ps.file, host, line: process.line },
      })
    }
    return [
      {
        component: start.component,
        source: 'ps',
        executable: start.executable,
        args: (start.title === undefined ? start.args : [start.title]).map((value) => ({ value })),
        pid: process.pid,
        described: `process ${process.pid} in ${ps.file}`,
        ...(process.cut || start.title !== undefined ? { cut: true } : {}),
      },
    ]
  })
  return { commands, problems, seen: listing.processes.length > 0 }
}
