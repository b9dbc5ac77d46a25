import type { Command } from 'commander'
import type { CommandContext } from '../command-context.js'
import { registerUpgradeApply } from './upgrade-apply.js'
import { registerUpgradeRuns } from './upgrade-runs.js'

/** `rampart upgrade`: the road of a cluster to a newer version. */
export function registerUpgrade(program: Command, context: CommandContext): void {
  const upgrade = program.command('upgrade').description('bring a kubeadm cluster to a newer version')
  registerUpgradeApply(upgrade, context)
  registerUpgradeRuns(upgrade, context)
}
