import type { Command } from 'commander'
import type { CommandContext } from '../command-context.js'
import { registerConfig } from './component-config.js'

/** `rampart docker config`. */
export function registerDocker(program: Command, context: CommandContext): void {
  const parent = program.command('docker').description('the Docker daemon: its configuration in force')
  const viewsOf = async (estate: Parameters<typeof import('../../effective/index.js').dockerdsOf>[0]) =>
    (await import('../../effective/index.js')).dockerdsOf(estate)
  registerConfig(parent, { name: 'docker', title: 'the Docker daemon', viewsOf }, context)
}
