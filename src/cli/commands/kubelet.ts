import type { Command } from 'commander'
import type { CommandContext } from '../command-context.js'
import { registerConfig } from './component-config.js'

/** `rampart kubelet config`. */
export function registerKubelet(program: Command, context: CommandContext): void {
  const parent = program.command('kubelet').description('the kubelet: its configuration in force')
  const viewsOf = async (estate: Parameters<typeof import('../../effective/index.js').kubeletsOf>[0]) =>
    (await import('../../effective/index.js')).kubeletsOf(estate)
  registerConfig(parent, { name: 'kubelet', title: 'the kubelet', viewsOf, onEachNode: true }, context)
}
