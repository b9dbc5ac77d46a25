import type { Command } from 'commander'
import type { CommandContext } from '../command-context.js'
import { registerKubeconfigChanges } from './kubeconfig-change.js'
import { registerKubeconfigContexts } from './kubeconfig-contexts.js'
import { registerKubeconfigLint } from './kubeconfig-lint.js'
import { registerKubeconfigMint } from './kubeconfig-mint.js'
import { registerKubeconfigSet } from './kubeconfig-set.js'
import { registerKubeconfigView } from './kubeconfig-view.js'

/** `rampart kubeconfig`: the files that say how to reach clusters, and as whom. */
export function registerKubeconfig(program: Command, context: CommandContext): void {
  const kubeconfig = program
    .command('kubeconfig')
    .description('kubeconfig files: see, change, check and make them')
  registerKubeconfigView(kubeconfig, context)
  registerKubeconfigContexts(kubeconfig, context)
  registerKubeconfigLint(kubeconfig, context)
  registerKubeconfigChanges(kubeconfig, context)
  registerKubeconfigSet(kubeconfig, context)
  registerKubeconfigMint(kubeconfig, context)
}
