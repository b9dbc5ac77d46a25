import { InvalidArgumentError, type Command } from 'commander'
import type { ApiClient } from '../client/index.js'
import { RampartError, type Estate } from '../model/index.js'
import type { ClusterDoor } from '../sources/index.js'
import {
  addClusterOptions,
  connectOnce,
  namesCluster,
  type ClusterOptions,
  type ClusterUse,
  type ImpersonationOptions,
} from './cluster-options.js'
import type { CommandContext } from './command-context.js'

/** The options that say what to read; the same for every command that reads an estate. */
export interface InputOptions extends ClusterOptions {
  readonly hostRoot?: string[]
  readonly host?: boolean
  readonly ps?: string
  /** `true`: at the usual place. */
  readonly dockerSocket?: string | true
  readonly strict?: boolean
  /** Input without any object or host is an empty estate, as long as all of it could be read. */
  readonly allowEmpty?: boolean
  /** As for `readEstate`; no option of a command line. */
  readonly isAtRest?: (root: string) => boolean
}

/** Adds `[path...]`, the host options and those of a running cluster to a command. */
export function addInputs(command: Command, use: ClusterUse = { impersonation: false }): Command {
  return addClusterOptions(
    addHostOptions(
      command.argument(
        '[path...]',
        'manifests, folders, globs, kubectl exports, cluster-info dumps, snapshots, host roots; - is standard input',
      ),
    ),
    use,
  )
}

/** Adds the host options alone. */
export function addHostOptions(command: Command): Command {
  return command
    .option('--host-root <dir>', 'root of a host: a mounted disk or a copy (may be repeated)', collect)
    .option('--host', 'this machine (the same as --host-root /)')
    .option('--ps <file>', "a saved `ps -efww` or `ps auxww` of the host, where its /proc can't be read")
    .option('--strict', 'end with exit code 2 when any input cannot be read')
}

/** Adds `--docker-socket` to a command that judges. */
export function addDockerSocket(command: Command): Command {
  return command.option(
    '--docker-socket [path]',
    `a running Docker daemon through its socket, with GET alone (default: ${DOCKER_SOCKET})`,
  )
}

const DOCKER_SOCKET = '/var/run/docker.sock'

/** The socket that is named: the usual one where the option stands alone. */
export function dockerSocketOf({ dockerSocket }: InputOptions): string {
  return typeof dockerSocket === 'string' ? dockerSocket : DOCKER_SOCKET
}

/** What of a running cluster is read. */
export interface ClusterExtent {
  readonly extent: 'everything' | 'access' | 'certificates' | 'kubelets'
  /** With the extent `kubelets`: these nodes alone. */
  readonly nodes?: readonly string[]
  /** Only this namespace. */
  readonly onlyNamespace?: string
  /** As in ClusterUse. */
  readonly impersonation?: boolean
  /** As in ClusterWish. */
  readonly serverFacts?: boolean
  readonly helmReleases?: boolean
  readonly podKinds?: readonly string[]
}

/** Whether the options name anything to read. */
export function namesInput(paths: readonly string[], options: InputOptions): boolean {
  const hosts = (options.hostRoot?.length ?? 0) > 0 || options.host === true || options.ps !== undefined
  return paths.length > 0 || hosts || options.dockerSocket !== undefined || namesCluster(options)
}

/** Reads what the user named. Nothing named, or nothing readable, ends the command with exit code 2. */
export async function readInputs(
  paths: readonly string[],
  options: InputOptions & ImpersonationOptions,
  context: CommandContext,
  cluster: ClusterExtent = { extent: 'everything' },
): Promise<Estate> {
  if (!namesInput(paths, options)) {
    throw new RampartError(
      'usage',
      'nothing to read: name files, folders or `-`, a cluster with --context NAME, or a host with --host-root DIR or --host (see --help)',
    )
  }
  const estate = await readNamed(paths, options, context, cluster)
  const errors = estate.problems.filter((problem) => problem.level === 'error')
  const mayBeEmpty = options.allowEmpty === true && errors.length === 0
  if (estate.objects.length === 0 && estate.hosts.length === 0 && !mayBeEmpty) {
    const refused = estate.sources.some(({ unread }) => unread !== undefined)
    throw new RampartError(refused ? 'not-allowed' : 'no-input', noInput(estate, cluster))
  }
  if (options.strict === true && errors.length > 0) {
    throw new RampartError(
      'unreadable-input',
      `${errors.length} inputs could not be read (--strict):\n${listProblems(errors)}`,
    )
  }
  return estate
}

async function readNamed(
  paths: readonly string[],
  options: InputOptions & ImpersonationOptions,
  context: CommandContext,
  { extent, nodes, onlyNamespace, impersonation = false, serverFacts, helmReleases, podKinds }: ClusterExtent,
): Promise<Estate> {
  const { terminal } = context
  const { readEstate } = await import('../sources/index.js')
  const client = namesCluster(options) ? await connectOnce(options, context, { impersonation }) : undefined
  const wish = client && {
    door: await doorOf(client),
    extent,
    ...(nodes === undefined ? {} : { nodes }),
    ...(serverFacts === undefined ? {} : { serverFacts }),
    ...(helmReleases === undefined ? {} : { helmReleases }),
    ...(podKinds === undefined ? {} : { podKinds }),
    ...(onlyNamespace === undefined ? {} : { namespace: onlyNamespace }),
  }
  // Ctrl-C leaves no half line about progress behind, and ends the process as it would without this.
  const interrupted = (): void => {
    terminal.progress('')
    process.kill(process.pid, 'SIGINT')
  }
  if (terminal.interactive) process.once('SIGINT', interrupted)
  try {
    return await readEstate({
      paths,
      hostRoots: [...(options.hostRoot ?? []), ...(options.host === true ? ['/'] : [])],
      ...(options.ps === undefined ? {} : { ps: options.ps }),
      ...(options.dockerSocket === undefined ? {} : { dockerSockets: [dockerSocketOf(options)] }),
      ...(wish === undefined ? {} : { clusters: [wish] }),
      ...(options.isAtRest === undefined ? {} : { isAtRest: options.isAtRest }),
      ...(terminal.interactive ? { onProgress: terminal.progress } : {}),
    })
  } finally {
    client?.close()
    if (terminal.interactive) {
      process.off('SIGINT', interrupted)
      terminal.progress('')
    }
  }
}

/** The client as reading a cluster asks for it. */
async function doorOf(client: ApiClient): Promise<ClusterDoor> {
  const { answerLines } = await import('../client/index.js')
  return {
    name: client.config.context === '' ? client.transport.name : client.config.context,
    list: (path, options) => client.list(path, options),
    getJson: (path, query, signal) => client.getJson(path, query, signal),
    discovery: () => client.discovery(),
    lines: (path) => answerLines(client, path),
  }
}

function noInput(estate: Estate, { extent, onlyNamespace }: ClusterExtent): string {
  const found = 'nothing to judge was found: no Kubernetes object and no host'
  if (estate.problems.length === 0) return found
  const refused = estate.sources.some(({ unread }) => unread !== undefined)
  const hint =
    refused && extent === 'everything' && onlyNamespace === undefined
      ? '\naudit and snapshot read one namespace with -n NAMESPACE, for those who may not list all'
      : ''
  return `${found}\n${listProblems(estate.problems)}${hint}`
}

function listProblems(problems: Estate['problems']): string {
  const lines = problems.slice(0, 10).map(formatProblem)
  if (problems.length > 10) lines.push(`  and ${problems.length - 10} more`)
  return lines.join('\n')
}

/** `  web.yaml:3:5: message`. */
export function formatProblem({ place, message }: Estate['problems'][number]): string {
  const line =
    place.line === undefined ? '' : `:${place.line}${place.column === undefined ? '' : `:${place.column}`}`
  return `  ${place.file}${line}: ${message}`
}

/** For options that may be repeated. */
export function collect(value: string, previous: string[] | undefined): string[] {
  return [...(previous ?? []), value]
}

/** For options with a fixed set of values, with the values in the message. */
export function oneOf<T extends string>(values: readonly T[]): (value: string) => T {
  return (value) => {
    if ((values as readonly string[]).includes(value)) return value as T
    throw new InvalidArgumentError(`It must be one of ${values.join(', ')}.`)
  }
}
