import type { Command } from 'commander'
import { RampartError } from '../../model/index.js'
import { addHostOptions, collect, readInputs, type InputOptions } from '../inputs.js'
import { addClusterOptions, type ImpersonationOptions } from '../cluster-options.js'
import type { CommandContext } from '../command-context.js'

interface SnapshotOptions extends InputOptions, ImpersonationOptions {
  readonly namespace?: string
  readonly from?: string[]
  readonly output: string
}

/** `rampart snapshot`: what was read, without secrets, in one compressed file that every command reads again. */
export function registerSnapshot(program: Command, context: CommandContext): void {
  addClusterOptions(addHostOptions(program.command('snapshot')))
    .description('save what was read, without secrets, in one compressed file')
    .option('--from <path>', 'what to read, as for audit (may be repeated)', collect)
    .option('-n, --namespace <name>', 'of a running cluster only this namespace')
    .requiredOption('-o, --output <file>', 'the snapshot file')
    .addHelpText(
      'after',
      '\nExample:\n  rampart snapshot --from export.json --host-root /mnt/node1 -o cluster.rampart\n  rampart audit cluster.rampart',
    )
    .action(async (options: SnapshotOptions) => {
      const { namespace } = options
      const estate = await readInputs(options.from ?? [], options, context, {
        extent: 'everything',
        impersonation: true,
        ...(namespace === undefined ? {} : { onlyNamespace: namespace }),
      })
      const { writeSnapshot } = await import('../../sources/index.js')
      try {
        await writeSnapshot(estate, options.output)
      } catch (error) {
        throw new RampartError('usage', `cannot write \`${options.output}\`: ${(error as Error).message}`, {
          cause: error,
        })
      }
      context.terminal.out(
        `${options.output}: ${estate.objects.length} objects and ${estate.hosts.length} hosts, without secrets\n`,
      )
    })
}
