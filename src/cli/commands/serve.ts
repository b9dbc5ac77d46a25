import type { Command } from 'commander'
import type { CommandContext } from '../command-context.js'
import { plainTerminal } from '../plain-terminal.js'
import { registerServeAuthorizer } from './serve-authorizer.js'
import { registerAuthorizerConfig } from './serve-authorizer-config.js'

/** `rampart serve`: servers of our own. */
export function registerServe(program: Command, context: CommandContext): void {
  const serve = program.command('serve').description('serve a policy to an API server')
  registerServeAuthorizer(serve, { ...context, terminal: plainTerminal(context.terminal) })
  registerAuthorizerConfig(serve, context)
}
