import type { Command } from 'commander'
import type { DrainForecast, DrainOptions } from '../../actions/drain/index.js'
import type { ApiClient } from '../../client/index.js'
import { asString, RampartError, valueAt, type JsonObject } from '../../model/index.js'
import {
  addClusterOptions,
  connect,
  type ClusterOptions,
  type ImpersonationOptions,
} from '../cluster-options.js'
import type { CommandContext } from '../command-context.js'
import { timeOption } from '../durations.js'
import type { DrainPrinter } from '../drain/drain-printer.js'
import {
  addNodeOptions,
  checkChoice,
  CHUNK,
  nodesFor,
  wholeNumber,
  type NodeOptions,
} from '../drain/node-options.js'
import { EXIT } from '../exit-code.js'
import { oneOf } from '../inputs.js'
import { untilStopped } from '../until-stopped.js'

interface Options extends ClusterOptions, ImpersonationOptions, NodeOptions {
  readonly force?: boolean
  readonly ignoreDaemonsets?: boolean
  readonly deleteEmptydirData?: boolean
  readonly gracePeriod: number
  readonly timeout: number
  readonly podSelector?: string
  readonly disableEviction?: boolean
  readonly skipWaitForDeleteTimeout: number
  readonly chunkSize: number
  readonly explain?: boolean
  readonly compat?: 'kubectl'
  readonly output: 'text' | 'json'
}

/** `rampart drain`: moves the pods of a node away as kubectl drain does, and says beforehand whether it can. */
export function registerDrain(program: Command, context: CommandContext): void {
  const command = addNodeOptions(
    program
      .command('drain')
      .description('move the pods of nodes away as kubectl drain does, and say beforehand whether it can'),
  )
    .option('--explain', 'only say whether it can finish: which pods, which budgets, how long')
    .option(
      '-o, --output <format>',
      'text, or json: one event a line',
      oneOf(['text', 'json'] as const),
      'text',
    )
    .option('--compat <program>', "kubectl's lines and requests alone", oneOf(['kubectl'] as const))
    .optionsGroup("kubectl's options:")
    .option('--force', 'also pods that no controller makes again')
    .option('--ignore-daemonsets', 'go on although pods of DaemonSets stay')
    .option('--delete-emptydir-data', 'also pods whose emptyDir volumes are lost with them')
    .option(
      '--grace-period <seconds>',
      'time for each pod to end; below 0 what the pod says, 0 none at all',
      wholeNumber(-Infinity),
      -1,
    )
    .addOption(timeOption('--timeout <time>', 'longest time for the pods of a node; 0 is no limit', '0s'))
    .option('--pod-selector <labels>', 'only the pods with these labels')
    .option('--disable-eviction', 'delete instead of evict: budgets are not asked')
    .option(
      '--skip-wait-for-delete-timeout <seconds>',
      'do not wait for pods whose deletion was due longer ago; 0 waits for all',
      wholeNumber(-Infinity),
      0,
    )
    .option('--chunk-size <count>', 'objects of one page of a list; 0 is all at once', wholeNumber(0), CHUNK)
    .optionsGroup('Options:')
    .addHelpText('after', HELP)
  addClusterOptions(command).action(async (names: string[], options: Options) => {
    context.setExit(await run(names, options, context))
  })
}

async function run(names: readonly string[], options: Options, context: CommandContext): Promise<number> {
  checkChoice(names, options)
  if (options.compat !== undefined && (options.explain === true || options.output === 'json'))
    throw new RampartError('usage', '--compat kubectl has neither --explain nor --output')
  const drain = await import('../../actions/drain/index.js')
  if (!drain.isLabelSelector(options.podSelector ?? ''))
    throw new RampartError('usage', '--pod-selector=<pod_selector> must be a valid label selector')
  const { terminal } = context
  const { jsonPrinter, textPrinter } = await import('../drain/drain-printer.js')
  const client = await connect(options, context)
  const stop = untilStopped()
  const exact = options.compat !== undefined
  const printer =
    options.output === 'json' ? jsonPrinter(drain, terminal) : textPrinter(drain, terminal, exact)
  try {
    const nodes = await nodesFor(client, names, options, terminal.err, stop.signal)
    if (nodes === undefined) return EXIT.findings
    const how = { ...drainOptions(options), signal: stop.signal, evenUncordoned: exact }
    if (options.explain === true) return await explain(client, nodes, how, context, options.output)
    if (!exact) await foresee(client, nodes, how, printer)
    const outcomes = await drain.drainNodes(client, nodes, how, printer)
    printer.end(outcomes)
    return outcomes.every(({ kind }) => kind === 'drained') ? EXIT.ok : EXIT.findings
  } catch (error) {
    if (!stop.signal.aborted) throw error
    terminal.err('stopped before anything was changed\n')
    return EXIT.findings
  } finally {
    printer.close()
    stop.forget()
    client.close()
  }
}

function drainOptions(options: Options): DrainOptions {
  return {
    force: options.force ?? false,
    ignoreDaemonSets: options.ignoreDaemonsets ?? false,
    deleteEmptyDirData: options.deleteEmptydirData ?? false,
    gracePeriodSeconds: options.gracePeriod,
    timeout: options.timeout,
    podSelector: options.podSelector ?? '',
    disableEviction: options.disableEviction ?? false,
    skipWaitForDeleteTimeoutSeconds: options.skipWaitForDeleteTimeout,
    chunkSize: options.chunkSize,
    dryRun: options.dryRun,
  }
}

function nameOf(node: JsonObject): string {
  return asString(valueAt(node, ['metadata', 'name'])) ?? ''
}

/** What is known beforehand. It decides nothing: a drain that seems hopeless now may be helped meanwhile. */
async function foresee(
  client: ApiClient,
  nodes: readonly JsonObject[],
  options: DrainOptions,
  printer: DrainPrinter,
): Promise<void> {
  const { explainDrain } = await import('../../actions/drain/index.js')
  for (const node of nodes) {
    const forecast = await explainDrain(client, nameOf(node), options)
    if ('kind' in forecast) printer.noForecast(nameOf(node), forecast)
    else printer.forecast(forecast)
  }
}

const EXIT_OF: Readonly<Record<DrainForecast['verdict'], number>> = {
  can: EXIT.ok,
  waits: EXIT.ok,
  cannot: EXIT.findings,
  unknown: EXIT.unreachable,
}

async function explain(
  client: ApiClient,
  nodes: readonly JsonObject[],
  options: DrainOptions,
  { terminal }: CommandContext,
  output: Options['output'],
): Promise<number> {
  const { explainDrain, forecastLines, lastWords } = await import('../../actions/drain/index.js')
  const forecasts: DrainForecast[] = []
  for (const node of nodes) {
    const forecast = await explainDrain(client, nameOf(node), options)
    if ('kind' in forecast) {
      terminal.err(lastWords([forecast]))
      return EXIT.unreachable
    }
    forecasts.push(forecast)
    if (output === 'text')
      terminal.out(
        forecastLines(forecast)
          .map((line) => `${line}\n`)
          .join(''),
      )
  }
  if (output === 'json') terminal.out(`${JSON.stringify({ nodes: forecasts }, null, 2)}\n`)
  const exits = forecasts.map(({ verdict }) => EXIT_OF[verdict])
  return exits.includes(EXIT.findings) ? EXIT.findings : Math.max(EXIT.ok, ...exits)
}

const HELP = `
Lines, order and messages are kubectl's. Before it begins it says whether it can finish, and while it waits, for what:
these lines are on standard error and begin with \`rampart:\`. Stopped by Ctrl-C, nodes stay cordoned.

Examples:
  rampart drain worker-1 --ignore-daemonsets --explain   can it finish, and what is in the way
  rampart drain worker-1 --ignore-daemonsets --delete-emptydir-data --timeout 10m
  rampart drain --selector pool=blue --ignore-daemonsets --dry-run=server
  rampart drain worker-1 --ignore-daemonsets -o json      one event a line, for programs

Exit codes: 0 drained (with --explain: can be), 1 not drained (cannot be), 2 wrong usage, 3 unreachable or not known.`
