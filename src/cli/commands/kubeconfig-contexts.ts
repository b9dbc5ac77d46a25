import type { Command } from 'commander'
import { RampartError } from '../../model/index.js'
import type { CommandContext } from '../command-context.js'
import { oneOf } from '../inputs.js'
import {
  addKubeconfigOption,
  kubeconfigPlaces,
  type KubeconfigOptions,
} from '../kubeconfig/kubeconfig-options.js'

interface ContextsOptions extends KubeconfigOptions {
  readonly output: 'text' | 'name' | 'json'
}

/** `rampart kubeconfig contexts`: what `kubectl config get-contexts` shows, with the server and the file of each. */
export function registerKubeconfigContexts(kubeconfig: Command, context: CommandContext): void {
  addKubeconfigOption(kubeconfig.command('contexts').argument('[name...]', 'these contexts alone'))
    .description('the contexts, where each one leads, and which file it comes from')
    .addHelpText(
      'after',
      `\nExamples:\n  rampart kubeconfig contexts\n  rampart kubeconfig contexts prod -o json`,
    )
    .option('-o, --output <format>', 'text, name or json', oneOf(['text', 'name', 'json'] as const), 'text')
    .action(async (names: string[], options: ContextsOptions) => {
      const rows = await contextRows(names, options, context)
      if (options.output === 'json') context.terminal.out(`${JSON.stringify({ contexts: rows }, null, 2)}\n`)
      else if (options.output === 'name') context.terminal.out(rows.map(({ name }) => `${name}\n`).join(''))
      else context.terminal.out(await text(rows))
    })
}

interface Row {
  readonly current: boolean
  readonly name: string
  readonly cluster: string
  readonly user: string
  readonly namespace: string
  readonly server: string
  readonly file: string
}

async function contextRows(
  names: readonly string[],
  options: ContextsOptions,
  { terminal }: CommandContext,
): Promise<Row[]> {
  const { places, files } = await kubeconfigPlaces(options)
  const { startingKubeconfig, byName } = await import('../../kubeconfig/index.js')
  const { withoutPassword } = await import('../../text/index.js')
  const { config, warnings } = startingKubeconfig(places, files)
  for (const warning of warnings) terminal.err(`warning: ${warning}\n`)
  const unknown = names.filter((name) => !config.contexts.has(name))
  if (unknown.length > 0)
    throw new RampartError('usage', unknown.map((name) => `context ${name} not found`).join('\n'))
  return byName(config.contexts)
    .filter(([name]) => names.length === 0 || names.includes(name))
    .map(([name, { cluster, user, namespace, origin }]) => ({
      current: name === config.currentContext,
      name,
      cluster,
      user,
      namespace,
      server: withoutPassword(config.clusters.get(cluster)?.server ?? ''),
      file: origin,
    }))
}

async function text(rows: readonly Row[]): Promise<string> {
  const { table } = await import('../table.js')
  const { visible } = await import('../../reports/index.js')
  const head = ['CURRENT', 'NAME', 'CLUSTER', 'AUTHINFO', 'NAMESPACE', 'SERVER', 'FILE']
  return table(
    head,
    rows.map(({ current, name, cluster, user, namespace, server, file }) =>
      [current ? '*' : '', name, cluster, user, namespace, server, file].map(visible),
    ),
  )
}
