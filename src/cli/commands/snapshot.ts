import type { Command } from 'commander'
import { RampartError } from '../../model/index.js'
import { registerSnapshotDiff } from './snapshot-diff.js'
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
  const snapshot = program
    .command('snapshot')
    .description('save what was read, without secrets, in one compressed file, and compare such files')
    .addHelpText('after', HELP)
  // `rampart snapshot -o FILE` is `rampart snapshot save -o FILE`: options of its own would take those of `diff`.
  const save = snapshot.command('save', { isDefault: true })
  registerSnapshotDiff(snapshot, context)
  addClusterOptions(addHostOptions(save))
    .description('save what was read, without secrets, in one compressed file')
    .option('--from <path>', 'what to read, as for audit (may be repeated)', collect)
    .option('-n, --namespace <name>', 'of a running cluster only this namespace')
    .requiredOption('-o, --output <file>', 'the snapshot file')
    .addHelpText('after', HELP)
    .action(async (options: SnapshotOptions) => {
      const { output } = options
      const { namespace } = options
      const estate = await readInputs(options.from ?? [], options, context, {
        extent: 'everything',
        impersonation: true,
        serverFacts: true,
        ...(namespace === undefined ? {} : { onlyNamespace: namespace }),
      })
      const { writeSnapshot } = await import('../../sources/index.js')
      try {
        await writeSnapshot(estate, output)
      } catch (error) {
        throw new RampartError('usage', `cannot write \`${output}\`: ${(error as Error).message}`, {
          cause: error,
        })
      }
      context.terminal.out(
        `${output}: ${estate.objects.length} objects and ${estate.hosts.length} hosts, without secrets\n`,
      )
    })
}

const HELP = `
Examples:
  rampart snapshot --from export.json --host-root /mnt/node1 -o cluster.rampart
  rampart snapshot --context prod -o prod.rampart
  rampart audit cluster.rampart
  rampart snapshot diff yesterday.rampart prod.rampart`
