import { readFile } from 'node:fs/promises'
import type { Command } from 'commander'
import { RampartError } from '../../model/index.js'
import { addClusterOptions } from '../cluster-options.js'
import type { CommandContext } from '../command-context.js'
import { carryOut } from '../fix/carry-out.js'
import { addRunOptions, type RunOptions } from '../fix/fix-options.js'

/** `rampart fix apply FILE`: carries out a saved plan, and nothing else. */
export function registerFixApply(fix: Command, context: CommandContext): void {
  addClusterOptions(addRunOptions(fix.command('apply <plan>')))
    .description('carry out a plan that was saved with --plan; refused where a file was changed since')
    .addHelpText('after', `\nExamples:\n  rampart fix --host --plan plan.json\n  rampart fix apply plan.json`)
    .action(async (file: string, _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<RunOptions & { output?: string }>()
      const text = await readFile(file, 'utf8').catch((error: unknown) => {
        throw new RampartError('no-input', `cannot read \`${file}\`: ${(error as Error).message}`, {
          cause: error,
        })
      })
      const { isEmpty, readPlan } = await import('../../actions/fix/index.js')
      const plan = readPlan(text, file)
      if (isEmpty(plan)) context.terminal.out('nothing to change\n')
      else await carryOut({ kind: 'apply', plan }, options, context)
    })
}
