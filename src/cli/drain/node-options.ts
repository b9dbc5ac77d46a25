import { InvalidArgumentError, type Command } from 'commander'
import type { CordonOutcome, DryRun } from '../../actions/drain/index.js'
import type { ApiClient } from '../../client/index.js'
import { RampartError, type JsonObject } from '../../model/index.js'
import { oneOf } from '../inputs.js'

/** Options that say which nodes, and whether it is in earnest; as kubectl has them. */
export interface NodeOptions {
  readonly selector?: string
  readonly dryRun: DryRun
}

export function addNodeOptions(command: Command): Command {
  return command
    .argument('[node...]', 'names of nodes')
    .option('-l, --selector <labels>', 'the nodes with these labels, instead of names')
    .option(
      '--dry-run <strategy>',
      'none, client (send nothing that changes anything), server (keep nothing)',
      oneOf(['none', 'client', 'server'] as const),
      'none',
    )
}

/** Refuses what cannot be meant, before anything is asked. */
export function checkChoice(names: readonly string[], { selector }: NodeOptions): void {
  if (names.length > 0 && (selector ?? '') !== '')
    throw new RampartError('usage', 'cannot specify both a node name and a --selector option')
  if (names.length === 0 && (selector ?? '') === '')
    throw new RampartError('usage', 'name a node, or give --selector')
}

export const CHUNK = 500

/** The nodes; undefined, with the server's words on standard error, where one cannot be had. */
export async function nodesFor(
  client: ApiClient,
  names: readonly string[],
  options: NodeOptions & { readonly chunkSize?: number },
  err: (text: string) => void,
  signal?: AbortSignal,
): Promise<readonly JsonObject[] | undefined> {
  const { findNodes, lastWords } = await import('../../actions/drain/index.js')
  const { selector = '', chunkSize = CHUNK } = options
  const found = await findNodes(client, { names, selector, chunkSize }, signal)
  if (!('kind' in found)) return found
  err(lastWords([found]))
  return undefined
}

/** For options that take a whole number, as `--grace-period`. */
export function wholeNumber(least: number): (value: string) => number {
  return (value) => {
    if (/^-?\d{1,9}$/.test(value) && Number(value) >= least) return Number(value)
    throw new InvalidArgumentError(
      least < 0 ? 'It must be a whole number.' : `It must be a whole number of at least ${least}.`,
    )
  }
}

/** kubectl ends with 0 whatever the server said; a script that goes on then works on a node that takes pods. */
export function exitOfCordon(outcomes: readonly CordonOutcome[]): number {
  return outcomes.every(({ kind }) => kind !== 'failed') ? 0 : 1
}
