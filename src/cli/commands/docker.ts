import type { Command } from 'commander'
import type { CommandContext } from '../command-context.js'
import { plainTerminal } from '../plain-terminal.js'
import { registerConfig } from './component-config.js'
import { registerDockerClient } from './docker-client.js'
import { registerDockerAddClient, registerDockerRevoke, registerDockerRotate } from './docker-clients.js'
import { registerDockerList } from './docker-list.js'
import { registerDockerSetupTls } from './docker-setup-tls.js'

/** `rampart docker`: the daemon's settings, its client, and mutual TLS between them. */
export function registerDocker(program: Command, context: CommandContext): void {
  const parent = program
    .command('docker')
    .description('the Docker daemon: its settings in force, what its client does, mutual TLS between them')
  const viewsOf = async (estate: Parameters<typeof import('../../effective/index.js').dockerdsOf>[0]) =>
    (await import('../../effective/index.js')).dockerdsOf(estate)
  const plain: CommandContext = { ...context, terminal: plainTerminal(context.terminal) }
  parent.commandsGroup('Look:')
  registerConfig(parent, { name: 'docker', title: 'the Docker daemon', viewsOf }, context)
  registerDockerClient(parent, plain)
  parent.commandsGroup('Mutual TLS:')
  registerDockerSetupTls(parent, plain)
  registerDockerList(parent, plain)
  registerDockerAddClient(parent, plain)
  registerDockerRotate(parent, plain)
  registerDockerRevoke(parent, plain)
}
