import { InvalidArgumentError, type Command } from 'commander'
import type { ApiClient } from '../client/index.js'
import type { KubeconfigOverrides } from '../kubeconfig/index.js'
import { VERSION } from '../version.js'
import type { CommandContext } from './command-context.js'

/** Options that say which cluster and how, as kubectl names them. */
export interface ClusterOptions {
  readonly kubeconfig?: string
  readonly context?: string
  readonly cluster?: string
  readonly user?: string
  readonly server?: string
  readonly token?: string
  readonly tlsServerName?: string
  readonly certificateAuthority?: string
  readonly clientCertificate?: string
  readonly clientKey?: string
  readonly insecureSkipTlsVerify?: boolean
  readonly disableCompression?: boolean
  readonly requestTimeout?: number
  readonly currentContext?: boolean
}

/** Options that make the requests for somebody else. */
export interface ImpersonationOptions {
  readonly as?: string
  readonly asUid?: string
  readonly asGroup?: string[]
  readonly asUserExtra?: string[]
}

/** Whether `--as` and its like make the requests for somebody else; where they name whom a question is about, they do not. */
export interface ClusterUse {
  readonly impersonation?: boolean
  /** `--namespace`, where the command has it. */
  readonly namespace?: string
}

/** Adds kubectl's options for the connection to a command. Source: cli-runtime pkg/genericclioptions/config_flags.go. */
export function addClusterOptions(command: Command, { impersonation = true }: ClusterUse = {}): Command {
  addConnectionOptions(command)
  return impersonation ? addImpersonationOptions(command) : command
}

function addConnectionOptions(command: Command): Command {
  return command
    .optionsGroup('Cluster:')
    .option('--kubeconfig <file>', 'this kubeconfig file alone, instead of KUBECONFIG and ~/.kube/config')
    .option('--context <name>', 'the context of the kubeconfig')
    .option('--current-context', "the kubeconfig's current context; in a pod its own cluster")
    .option('--cluster <name>', 'the cluster of the kubeconfig')
    .option('--user <name>', 'the user of the kubeconfig')
    .option('-s, --server <url>', 'address of the API server')
    .option('--token <token>', 'bearer token for the API server')
    .option('--tls-server-name <name>', "the name that the server's certificate must have")
    .option('--certificate-authority <file>', "certificate of the server's authority")
    .option('--client-certificate <file>', 'client certificate')
    .option('--client-key <file>', 'key of the client certificate')
    .option('--insecure-skip-tls-verify', "do not check the server's certificate")
    .option('--disable-compression', 'do not ask for packed answers')
    .option(
      '--request-timeout <time>',
      'longest time for one request, as 1s or 2m; 0 is no limit',
      requestTimeout,
    )
    .optionsGroup('Options:')
}

function addImpersonationOptions(command: Command): Command {
  return command
    .optionsGroup('Cluster:')
    .option('--as <user>', 'ask the API server as this user')
    .option('--as-group <group>', 'and in this group (may be repeated)', repeated)
    .option('--as-uid <uid>', 'and with this uid')
    .option('--as-user-extra <key=value>', 'and with this extra (may be repeated)', repeated)
    .optionsGroup('Options:')
}

/** Whether the options name a cluster: nothing is contacted that was not named. */
export function namesCluster(options: ClusterOptions): boolean {
  const { kubeconfig, context, cluster, user, server, currentContext } = options
  return (
    [kubeconfig, context, cluster, user, server].some((value) => value !== undefined) ||
    currentContext === true
  )
}

/** The same options without those that name a cluster, for commands where it is only one of several sides. */
export function withoutCluster<Options extends ClusterOptions>(options: Options): Options {
  const { kubeconfig, context, cluster, user, server, currentContext, ...rest } = options
  return rest as Options
}

/** A client for the cluster that the options name, as kubectl would find it. The caller closes it. */
export async function connect(
  options: ClusterOptions & ImpersonationOptions,
  { terminal }: CommandContext,
  use: ClusterUse = {},
): Promise<ApiClient> {
  const { loadClientConfig } = await import('../kubeconfig/disk/index.js')
  const { certificateFault, createClient, environmentProxy, runExecCredential, serverUrl } =
    await import('../client/index.js')
  const { config, warnings } = loadClientConfig({
    kubeconfig: options.kubeconfig,
    overrides: overridesOf(options, use),
    env: process.env,
    cwd: process.cwd(),
  })
  // The server may say no more than that it refuses.
  const fault = certificateFault(config, new Date())
  for (const warning of [...warnings, ...(fault === undefined ? [] : [fault])]) {
    terminal.err(`warning: ${warning}\n`)
  }
  const proxyUrl = config.proxyUrl ?? environmentProxy(serverUrl(config), process.env)
  return createClient(proxyUrl === undefined ? config : { ...config, proxyUrl }, {
    userAgent: `rampart/${VERSION} (${process.platform}/${process.arch})`,
    runPlugin: (exec, client) =>
      runExecCredential(exec, client, { env: process.env, stdinIsTerminal: process.stdin.isTTY }),
    requestTimeout: options.requestTimeout ?? 0,
    onWarning: (text) => terminal.err(`warning: the server says: ${text}\n`),
  })
}

const connected = new WeakMap<object, Promise<ApiClient>>()

/** As `connect`, once for the options of a command: a credential plug-in runs once, and its answer serves all. */
export function connectOnce(
  options: ClusterOptions & ImpersonationOptions,
  context: CommandContext,
  use: ClusterUse = {},
): Promise<ApiClient> {
  const known = connected.get(options)
  if (known !== undefined) return known
  const client = connect(options, context, use)
  connected.set(options, client)
  return client
}

/** What the options say instead of the kubeconfig. */
export function overridesOf(
  options: ClusterOptions & ImpersonationOptions,
  { impersonation = true, namespace }: ClusterUse = {},
): KubeconfigOverrides {
  const { context, cluster, user, server, token, tlsServerName, certificateAuthority } = options
  const { clientCertificate, clientKey, insecureSkipTlsVerify, disableCompression } = options
  return {
    context,
    cluster,
    user,
    server,
    token,
    tlsServerName,
    certificateAuthority,
    clientCertificate,
    clientKey,
    insecureSkipTlsVerify,
    disableCompression,
    namespace,
    ...(impersonation
      ? {
          as: options.as,
          asUid: options.asUid,
          asGroups: options.asGroup,
          asUserExtra: extras(options.asUserExtra ?? []),
        }
      : {}),
  }
}

function extras(given: readonly string[]): ReadonlyMap<string, readonly string[]> {
  const map = new Map<string, string[]>()
  for (const each of given) {
    const at = each.indexOf('=')
    const key = at < 0 ? each : each.slice(0, at)
    map.set(key, [...(map.get(key) ?? []), at < 0 ? '' : each.slice(at + 1)])
  }
  return map
}

function repeated(value: string, previous: string[] | undefined): string[] {
  return [...(previous ?? []), value]
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** A Go duration, or seconds alone. Source: client-go v0.36.2 tools/clientcmd/overrides.go, ParseTimeout. */
function requestTimeout(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  const parts = [...text.matchAll(/(\d{1,9}(?:\.\d{1,9})?)(ms|s|m|h)/g)]
  if (parts.length === 0 || parts.map(([part]) => part).join('') !== text) {
    throw new InvalidArgumentError('It must be a time as 10s or 2m; 0 is no limit.')
  }
  return parts.reduce((sum, [, count, unit = '']) => sum + Number(count) * (UNITS[unit] ?? 0), 0)
}
