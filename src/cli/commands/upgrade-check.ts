import type { Command } from 'commander'
import { RampartError } from '../../model/index.js'
import { visibleJson } from '../../text/index.js'
import type { BlockerLevel } from '../../upgrade/index.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-code.js'
import { oneOf } from '../inputs.js'
import { minorVersion } from '../kubernetes-version.js'
import {
  addUpgradeInputs,
  fromMinor,
  readUpgradeInput,
  type UpgradeInputOptions,
} from '../upgrade/upgrade-input.js'

interface CheckOptions extends UpgradeInputOptions {
  readonly to?: string
  readonly from?: number
  readonly failOn: BlockerLevel | 'none'
  readonly output: 'text' | 'json'
}

/** `rampart upgrade check`: what is in the way of an upgrade, with an exit code for CI. */
export function registerUpgradeCheck(upgrade: Command, context: CommandContext): void {
  addUpgradeInputs(upgrade.command('check'))
    .description('what is in the way of an upgrade, each with its object and its fix')
    .option('--to <version>', 'the version that is wanted (default: the next minor)')
    .option(
      '--from <version>',
      'the version that the cluster has, where only manifests are read',
      minorVersion,
    )
    .option(
      '--fail-on <level>',
      'exit 1 at or above this: blocks, warns, unknown, none',
      oneOf(['blocks', 'warns', 'unknown', 'none'] as const),
      'blocks',
    )
    .option('-o, --output <format>', 'text or json', oneOf(['text', 'json'] as const), 'text')
    .addHelpText('after', HELP)
    .action(async (paths: string[], options: CheckOptions) => {
      const { findBlockers, minorText, reachesLevel, targetOf } = await import('../../upgrade/index.js')
      const input = await readUpgradeInput(paths, options, context, (data) => {
        if (options.to !== undefined) targetOf(options.to, data)
      })
      const from = fromMinor(input, options.from)
      const newest = input.data.releases[0]?.minor ?? from
      const to = targetOf(options.to ?? minorText(Math.max(from, Math.min(from + 1, newest))), input.data)
        .version.minor
      if (to < from) {
        throw new RampartError(
          'usage',
          `--to: ${minorText(to)} is older than the API server's ${minorText(from)}; kubeadm supports no downgrade`,
        )
      }
      const blockers = findBlockers({ ...input, from, to })
      const { blockersLine, renderBlockersText } = await import('../../reports/upgrade/index.js')
      const { data } = input
      context.terminal.out(
        options.output === 'json'
          ? visibleJson({ from: minorText(from), to: minorText(to), dataDate: data.asOf, blockers })
          : `${minorText(from)} to ${minorText(to)}, by data of ${data.asOf}\n\n${renderBlockersText(blockers)}`,
      )
      const failed = reachesLevel(blockers, options.failOn)
      if (failed && options.output === 'json') context.terminal.err(`${blockersLine(blockers)}\n`)
      context.setExit(failed ? EXIT.findings : EXIT.ok)
    })
}

const HELP = `
Examples:
  rampart upgrade check --context prod --to 1.37
  rampart upgrade check ./manifests --from 1.31 --to 1.32          in CI, without a cluster
  rampart upgrade check ./manifests --context prod --to 1.37 --fail-on warns
  rampart upgrade check prod.rampart --host-root /mnt/cp-1 -o json

Exit codes: 0 nothing at or above --fail-on, 1 something is, 2 usage or no readable input, 3 unreachable.`
