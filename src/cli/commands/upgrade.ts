import type { Command } from 'commander'
import type { CommandContext } from '../command-context.js'
import { registerUpgradeApply } from './upgrade-apply.js'
import { registerUpgradeCheck } from './upgrade-check.js'
import { registerUpgradePlan } from './upgrade-plan.js'
import { registerUpgradeRuns } from './upgrade-runs.js'
import { registerUpgradeStatus } from './upgrade-status.js'

/** `rampart upgrade`: the road of a cluster to a newer version. */
export function registerUpgrade(program: Command, context: CommandContext): void {
  const upgrade = program.command('upgrade').description('bring a kubeadm cluster to a newer version')
  registerUpgradeStatus(upgrade, context)
  registerUpgradeCheck(upgrade, context)
  registerUpgradePlan(upgrade, context)
  registerUpgradeApply(upgrade, context)
  registerUpgradeRuns(upgrade, context)
}
