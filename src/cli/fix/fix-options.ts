import { isAbsolute, resolve } from 'node:path'
import { InvalidArgumentError, type Command } from 'commander'
import type { FixPlan, ObjectDoor, PlannedCluster, PlanSubject } from '../../actions/fix/index.js'
import type { RunObserver } from '../../actions/journal/index.js'
import { RampartError } from '../../model/index.js'
import type { ApiClient } from '../../client/index.js'
import { connect, namesCluster, type ClusterOptions, type ImpersonationOptions } from '../cluster-options.js'
import type { CommandContext } from '../command-context.js'
import { auditedEstate, type AuditedEstate } from '../configured-audit.js'

/** Where runs are kept, and how long a service may take. */
export interface RunOptions {
  readonly stateDir?: string
  readonly healthTimeout?: number
}

/** Adds the options of every command that carries out or puts back. */
export function addRunOptions(command: Command): Command {
  return command
    .option(
      '--state-dir <dir>',
      'where runs and backups are kept (default: $RAMPART_STATE_DIR, /var/lib/rampart for root)',
    )
    .option(
      '--health-timeout <seconds>',
      'how long a service may take to answer after its restart',
      (text) => {
        const seconds = Number(text)
        if (!Number.isInteger(seconds) || seconds < 1 || seconds > 3600)
          throw new InvalidArgumentError('It must be a whole number of seconds from 1 to 3600.')
        return seconds
      },
      120,
    )
}

/** Audits the subject of a plan, as it was audited when the plan was made. */
export async function auditSubject(
  subject: PlanSubject,
  context: CommandContext,
  alsoCheck: readonly string[] = [],
  cluster: ClusterOptions & ImpersonationOptions = {},
): Promise<AuditedEstate> {
  const live = new Set(subject.hosts.flatMap(({ root, live: runs }) => (runs ? [root] : [])))
  return auditedEstate(
    subject.paths,
    {
      // The options of the same command line, which were checked to lead to the same server.
      ...(subject.cluster === undefined ? {} : cluster),
      hostRoot: subject.hosts.map(({ root }) => root),
      isAtRest: (root) => !live.has(resolve(root)),
      config: subject.config ?? false,
      checks: [...subject.userChecks],
      alsoCheck: [...(subject.checks ?? []), ...alsoCheck],
    },
    context,
  )
}

/** The doors of a run: the state folder, the audit again, what is told while it works. */
export async function doorsOf(
  options: RunOptions & ClusterOptions & ImpersonationOptions,
  context: CommandContext,
  quiet: boolean,
) {
  const { stateFolder } = await import('../../actions/journal/index.js')
  const { readEstate } = await import('../../sources/index.js')
  const interrupted = new AbortController()
  const stop = (): void => {
    context.terminal.err('stopping after this step; a second Ctrl-C ends at once\n')
    interrupted.abort()
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  const observer: RunObserver = {
    event({ kind, title, reason }) {
      if (quiet) return
      if (kind === 'acting') context.terminal.err(`  ${title ?? ''} ...\n`)
      if (kind === 'failed') context.terminal.err(`  failed: ${reason ?? ''}\n`)
      if (kind === 'rolling-back') context.terminal.err('putting everything back\n')
      if (kind === 'undo-failed') context.terminal.err(`  not put back: ${title ?? ''}: ${reason ?? ''}\n`)
    },
  }
  return {
    state: stateFolder(options.stateDir),
    audit: async (plan: FixPlan) =>
      (await auditSubject(plan.subject, context, [], clusterOf(options))).result,
    cluster: (plan: FixPlan) => clusterDoorOf(plan, options, context),
    readHost: (root: string) => readEstate({ hostRoots: [root] }),
    observer,
    signal: interrupted.signal,
    healthMs: (options.healthTimeout ?? 120) * 1000,
  }
}

/** The options that say which cluster, and no other ones. */
export function clusterOf(
  options: ClusterOptions & ImpersonationOptions,
): ClusterOptions & ImpersonationOptions {
  return Object.fromEntries(Object.entries(options).filter(([name]) => CLUSTER_OPTIONS.has(name)))
}

const CLUSTER_OPTIONS: ReadonlySet<string> = new Set([
  'kubeconfig',
  'context',
  'currentContext',
  'cluster',
  'user',
  'server',
  'token',
  'tlsServerName',
  'certificateAuthority',
  'clientCertificate',
  'clientKey',
  'insecureSkipTlsVerify',
  'disableCompression',
  'requestTimeout',
  'as',
  'asGroup',
  'asUid',
  'asUserExtra',
])

const clients = new WeakMap<object, Promise<ApiClient>>()

/** The client for the cluster of a command line; one for all of its work, besides the audits. */
export function clientOf(
  options: ClusterOptions & ImpersonationOptions,
  context: CommandContext,
): Promise<ApiClient> {
  const known = clients.get(options) ?? connect(options, context)
  clients.set(options, known)
  return known
}

/** What a plan keeps of a cluster. */
export function plannedCluster(client: ApiClient): PlannedCluster {
  const { context } = client.config
  return { name: context === '' ? client.transport.name : context, server: client.transport.base.toString() }
}

/** The cluster of a plan by the options of this command line; another server than the plan's is refused. */
async function clusterDoorOf(
  { subject }: FixPlan,
  options: ClusterOptions & ImpersonationOptions,
  context: CommandContext,
): Promise<ObjectDoor | undefined> {
  if (!namesCluster(options) || subject.cluster === undefined) return undefined
  const client = await clientOf(options, context)
  const { clusterDoor } = await import('../../actions/fix/index.js')
  const is = plannedCluster(client)
  if (is.server !== subject.cluster.server)
    throw new RampartError(
      'usage',
      `the plan is for the cluster at ${subject.cluster.server}, and these options lead to ${is.server}`,
    )
  return clusterDoor(client)
}

/** `kubelet=systemctl restart kubelet` as name and words; a shell is named like any other program. */
export function restartCommands(given: readonly string[]): Map<string, readonly string[]> {
  const commands = new Map<string, readonly string[]>()
  for (const text of given) {
    const [name = '', ...rest] = text.split('=')
    const words = wordsOf(rest.join('='))
    if (!/^[\w.@-]+$/.test(name) || words === undefined || words.length === 0)
      throw new RampartError(
        'usage',
        `--restart-command \`${text}\`: write NAME=COMMAND, as 'kubelet=systemctl restart kubelet'`,
      )
    commands.set(name, words)
  }
  return commands
}

/** Words as a shell splits them, with quotes and nothing else; undefined where a quote does not end. */
function wordsOf(text: string): string[] | undefined {
  const words: string[] = []
  const pattern = /\s*((?:[^\s'"]|'[^']*'|"[^"]*")+)/gy
  let end = 0
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text)) {
    words.push(
      (match[1] ?? '').replace(
        /'([^']*)'|"([^"]*)"/g,
        (_whole, one?: string, two?: string) => one ?? two ?? '',
      ),
    )
    end = pattern.lastIndex
  }
  return text.slice(end).trim() === '' ? words : undefined
}

/** A path as a later process finds it too. */
export function absolute(path: string): string {
  return isAbsolute(path) ? path : resolve(path)
}
