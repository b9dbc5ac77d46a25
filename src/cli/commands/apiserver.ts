import type { Command } from 'commander'
import type { CommandContext } from '../command-context.js'
import { registerConfig } from './component-config.js'

/** `rampart apiserver config`. */
export function registerApiserver(program: Command, context: CommandContext): void {
  const parent = program.command('apiserver').description('the API server: its configuration in force')
  const viewsOf = async (estate: Parameters<typeof import('../../effective/index.js').apiserversOf>[0]) =>
    (await import('../../effective/index.js')).apiserversOf(estate)
  registerConfig(parent, { name: 'apiserver', title: 'the API server', viewsOf }, context)
}
