import type { Command } from 'commander'
import { addClusterOptions } from '../cluster-options.js'
import type { CommandContext } from '../command-context.js'
import { carryOut } from '../fix/carry-out.js'
import { addRunOptions, type RunOptions } from '../fix/fix-options.js'

/** `rampart fix rollback ID`: puts a run back, finished or cut short. */
export function registerFixRollback(fix: Command, context: CommandContext): void {
  addClusterOptions(addRunOptions(fix.command('rollback <id>')))
    .description('put a run back: files, modes and owners as they were, services started anew')
    .addHelpText(
      'after',
      `\nExamples:\n  rampart fix history\n  rampart fix rollback 20261126T120000Z-fix-1a2b3c`,
    )
    .action(async (id: string, _options: unknown, command: Command) => {
      const options = command.optsWithGlobals<RunOptions & { output?: string }>()
      await carryOut({ kind: 'rollback', id }, options, context)
    })
}
