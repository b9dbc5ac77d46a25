import type { Command } from 'commander'
import type { ChangeBase, FileChange } from '../../kubeconfig/index.js'
import type { CommandContext } from '../command-context.js'
import { addKubeconfigOption, kubeconfigPlaces, type KubeconfigOptions } from './kubeconfig-options.js'

/** The options of every command that changes kubeconfig files. */
export interface ChangeCommandOptions extends KubeconfigOptions {
  readonly dryRun?: boolean
  readonly quiet?: boolean
}

export function addChangeOptions(command: Command): Command {
  return addKubeconfigOption(command)
    .option('--dry-run', 'show what would change, and write nothing')
    .option('-q, --quiet', 'do not show what changes')
}

/** Changes the files, shows how, with secrets masked, and says where the old ones are kept. */
export async function runChange(
  options: ChangeCommandOptions,
  { terminal }: CommandContext,
  plan: (base: ChangeBase) => readonly FileChange[],
): Promise<void> {
  const { places, files } = await kubeconfigPlaces(options)
  const { changeKubeconfig } = await import('../../kubeconfig/disk/index.js')
  const dryRun = options.dryRun === true
  const changed = changeKubeconfig({ places, files, dryRun, now: new Date() }, plan)
  if (changed.length === 0) terminal.err('nothing changes\n')
  const { lineDiff } = await import('../../kubeconfig/index.js')
  const { maskLine } = await import('../../text/index.js')
  const { visible } = await import('../../reports/index.js')
  for (const { file, before, after, backup } of changed) {
    if (options.quiet !== true) {
      const lines = lineDiff(before, after).map((line) => `${visible(maskLine(line))}\n`)
      terminal.err(`${visible(file)}\n${lines.join('')}`)
    }
    if (backup !== undefined && options.quiet !== true) terminal.err(`backup: ${visible(backup)}\n`)
  }
  if (dryRun) terminal.err('dry run: nothing was written\n')
}
