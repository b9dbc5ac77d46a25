import { createInterface } from 'node:readline'
import type { AskPerson } from '../../actions/upgrade/index.js'
import type { CommandContext } from '../command-context.js'

/** Prints what is to be done; on a terminal waits for the answer, elsewhere the step stops until `--done`. */
export function askPerson(
  { done = [], output }: { readonly done?: readonly string[]; readonly output: 'text' | 'json' },
  { terminal }: CommandContext,
  clear: () => void,
): AskPerson {
  return async (step, commands, signal) => {
    if (done.includes(step.id)) return true
    clear()
    const where = step.node === '' ? '' : ` on ${step.node}, as root`
    const lines = [
      `${step.title}. Do this${where}:`,
      ...(commands.length === 0
        ? [`    (the plan knows no command for it; ${step.check})`]
        : commands.map((each) => `    ${each}`)),
      `  It is done when ${step.check}.`,
    ]
    const say = output === 'json' ? terminal.err : terminal.out
    say(`${lines.join('\n')}\n`)
    if (!process.stdin.isTTY) return false
    const questions = createInterface({ input: process.stdin, output: process.stderr })
    try {
      return await new Promise<boolean>((resolve) => {
        signal?.addEventListener('abort', () => resolve(false), { once: true })
        questions.on('close', () => resolve(false))
        questions.question('Is it done? [yes/no] ', (answer) => resolve(/^y(es)?$/i.test(answer.trim())))
      })
    } finally {
      questions.close()
    }
  }
}
