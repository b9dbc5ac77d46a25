import type { Command } from 'commander'
import type { CommandContext } from '../command-context.js'
import { registerCanGrant } from './rbac-can-grant.js'
import { registerRbacGraph } from './rbac-graph.js'
import { registerRbacLint } from './rbac-lint.js'

/** `rampart rbac`: questions about roles and bindings themselves. */
export function registerRbac(program: Command, context: CommandContext): void {
  const rbac = program
    .command('rbac')
    .description('roles and bindings: what they grant, how they hang together')
  registerCanGrant(rbac, context)
  registerRbacGraph(rbac, context)
  registerRbacLint(rbac, context)
}
