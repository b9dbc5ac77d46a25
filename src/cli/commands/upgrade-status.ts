import type { Command } from 'commander'
import { visibleJson } from '../../text/index.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-code.js'
import { oneOf } from '../inputs.js'
import { minorVersion } from '../kubernetes-version.js'
import { addUpgradeInputs, readUpgradeInput, type UpgradeInputOptions } from '../upgrade/upgrade-input.js'

interface StatusOptions extends UpgradeInputOptions {
  readonly to?: number
  readonly output: 'text' | 'json'
}

/** `rampart upgrade status`: versions, the skew policy, support, and what is in the way of the next step. */
export function registerUpgradeStatus(upgrade: Command, context: CommandContext): void {
  addUpgradeInputs(upgrade.command('status'))
    .description('versions of every component, the skew policy, support until when, and what is in the way')
    .option('--to <version>', 'what is in the way of this minor (default: the next one)', minorVersion)
    .option('-o, --output <format>', 'text or json', oneOf(['text', 'json'] as const), 'text')
    .addHelpText('after', HELP)
    .action(async (paths: string[], options: StatusOptions) => {
      const { minorText, targetOf, upgradeStatus } = await import('../../upgrade/index.js')
      const { to } = options
      const input = await readUpgradeInput(paths, options, context, (data) => {
        // Any patch of it: what is asked is whether the data know the minor.
        if (to !== undefined) targetOf(`${minorText(to)}.0`, data)
      })
      const status = upgradeStatus({ ...input, ...(to === undefined ? {} : { to }) })
      const { renderStatusText } = await import('../../reports/upgrade/index.js')
      context.terminal.out(options.output === 'json' ? visibleJson(status) : renderStatusText(status))
      const broken = status.skew.some(({ holds }) => holds === false)
      context.setExit(status.apiserver.oldest === '' ? EXIT.unreachable : broken ? EXIT.findings : EXIT.ok)
    })
}

const HELP = `
Examples:
  rampart upgrade status --context prod
  rampart upgrade status prod.rampart -o json      of a snapshot
  rampart upgrade status --host                    this machine alone
  rampart upgrade status --context prod --to 1.37 --read-helm-releases

Exit codes: 0 the skew policy holds, 1 it does not, 2 usage, 3 no API server's version was read.`
