import type { Command } from 'commander'
import type { MintedObject } from '../../mint/index.js'
import { RampartError } from '../../model/index.js'
import {
  addClusterOptions,
  connect,
  type ClusterOptions,
  type ImpersonationOptions,
} from '../cluster-options.js'
import type { CommandContext } from '../command-context.js'
import { EXIT } from '../exit-code.js'
import { collect, oneOf } from '../inputs.js'

interface ListOptions extends ClusterOptions, ImpersonationOptions {
  readonly output: 'text' | 'json'
}

/** `rampart kubeconfig mint list`: what was minted, from the labels in the cluster. */
export function registerMintList(mint: Command, context: CommandContext): void {
  addClusterOptions(mint.command('list'))
    .description('what was minted in this cluster, for whom, by whom, until when')
    .addHelpText('after', `\nExamples:\n  rampart kubeconfig mint list --context prod`)
    .option('-o, --output <format>', 'text or json', oneOf(['text', 'json'] as const), 'text')
    .action(async (_options: unknown, command: Command) => {
      // The group has the options of the cluster too; whichever place they were given at, they count.
      const options = command.optsWithGlobals<ListOptions>()
      const { objects, unknown } = await read(options, context)
      const now = new Date()
      const rows = objects.map((each) => ({ ...each, expired: each.expires <= now }))
      if (options.output === 'json')
        context.terminal.out(`${JSON.stringify({ minted: rows, unknown }, null, 2)}\n`)
      else if (objects.length > 0 || unknown.length === 0) context.terminal.out(await text(objects, now))
      for (const each of unknown) context.terminal.err(`unknown: ${each}\n`)
      if (unknown.length > 0) context.setExit(EXIT.unreachable)
    })
}

interface PruneOptions extends ClusterOptions, ImpersonationOptions {
  readonly id?: string[]
  readonly apply?: boolean
}

/** `rampart kubeconfig mint prune`: takes away what has ended, or what is named. */
export function registerMintPrune(mint: Command, context: CommandContext): void {
  addClusterOptions(mint.command('prune'))
    .description('take away what was minted and has ended, or what --id names, before its end')
    .addHelpText(
      'after',
      `\nExamples:\n  rampart kubeconfig mint prune --context prod\n  rampart kubeconfig mint prune --context prod --apply`,
    )
    .option('--id <id>', 'what was minted together under this id (may be repeated)', collect)
    .option('--apply', 'do it; without, show what would go')
    .action(async (_options: unknown, command: Command) => {
      const options = command.optsWithGlobals<PruneOptions>()
      const client = await connect(options, context)
      try {
        const { listMinted } = await import('../../mint/index.js')
        const { objects, unknown } = await listMinted(client)
        const now = new Date()
        const ids = new Set(options.id)
        const gone = objects.filter(({ id, expires }) => (ids.size > 0 ? ids.has(id) : expires <= now))
        const missing = [...ids].filter((id) => !objects.some((each) => each.id === id))
        if (missing.length > 0 && unknown.length === 0)
          throw new RampartError('usage', `nothing was minted under ${missing.join(', ')}`)
        const failed: string[] = []
        for (const each of gone) {
          const error = options.apply === true ? await remove(client, each.path) : undefined
          if (error !== undefined) failed.push(`${nameOf(each)}: ${error}`)
          else
            context.terminal.out(`${options.apply === true ? 'deleted' : 'would delete'} ${nameOf(each)}\n`)
        }
        if (gone.length === 0 && unknown.length > 0)
          context.terminal.out('nothing that could be read has to go\n')
        else if (gone.length === 0) context.terminal.out('nothing has ended\n')
        else if (options.apply !== true) context.terminal.out('Nothing was deleted: add --apply.\n')
        for (const each of [...unknown, ...failed]) context.terminal.err(`error: ${each}\n`)
        if (unknown.length + failed.length > 0) context.setExit(EXIT.unreachable)
      } finally {
        client.close()
      }
    })
}

async function remove(
  client: Awaited<ReturnType<typeof connect>>,
  path: string,
): Promise<string | undefined> {
  try {
    await client.json({ method: 'DELETE', path })
    return undefined
  } catch (error) {
    return (error as Error).message
  }
}

async function read(
  options: ListOptions,
  context: CommandContext,
): ReturnType<typeof import('../../mint/index.js').listMinted> {
  const client = await connect(options, context)
  try {
    const { listMinted } = await import('../../mint/index.js')
    return await listMinted(client)
  } finally {
    client.close()
  }
}

function nameOf({ kind, namespace, name }: MintedObject): string {
  return `${kind} ${namespace === '' ? '' : `${namespace}/`}${name}`
}

async function text(objects: readonly MintedObject[], now: Date): Promise<string> {
  if (objects.length === 0) return 'nothing was minted in this cluster\n'
  const { table } = await import('../table.js')
  const { visible } = await import('../../reports/index.js')
  const rows = objects.map((each) =>
    [
      each.id,
      each.subject,
      each.owner,
      `${each.expires.toISOString().slice(0, 16)}Z${each.expires <= now ? ' (ended)' : ''}`,
      nameOf(each),
    ].map(visible),
  )
  return table(['ID', 'SUBJECT', 'OWNER', 'EXPIRES', 'OBJECT'], rows)
}
