import path from 'node:path'
import { RampartError } from '../../model/index.js'
import type { ClientConfig, ExecConfig, InteractiveMode, PemSource } from '../client-config.js'
import type { Kubeconfig, KubeconfigCluster, KubeconfigUser } from '../kubeconfig.js'
import { goFileError, type KubeconfigFiles } from '../load/kubeconfig-files.js'
import { resolvePaths } from '../load/resolve-paths.js'
import { effectiveEntries, type EffectiveEntries } from './effective-entries.js'
import { inClusterConfig, inClusterNamespace, isInCluster } from './in-cluster.js'
import type { KubeconfigOverrides } from './overrides.js'
import { authProviderToken } from './auth-provider.js'
import { contextNotFound, NO_SERVER, validateCluster, validateUser } from './validate-entries.js'
import { visibleHint } from './visible-hint.js'

/** What resolving depends on beside the kubeconfig. */
export interface ResolveOptions {
  readonly overrides?: KubeconfigOverrides
  readonly env: Readonly<Record<string, string | undefined>>
  readonly files: KubeconfigFiles
  /** The server when nothing says one: kubectl's unless given; '' makes that an error, as for the API server's own files. */
  readonly defaultServer?: string
  /** The time at which an id token has to hold. */
  readonly now?: Date
}

/** Source: client-go v0.36.2 tools/clientcmd/validation.go, ErrEmptyConfig. */
const NO_CONFIGURATION =
  'no configuration has been provided, try setting KUBERNETES_MASTER environment variable'
/** A plug-in is handed what stands here in the cluster's extensions. */
const EXEC_EXTENSION = 'client.authentication.k8s.io/exec'

/**
 * The way to the API server that kubectl would take. Throws RampartError in kubectl's words where kubectl refuses.
 * Where nothing says a server, it is the pod's own in a cluster, else kubectl's default, `http://localhost:8080`.
 * Source: client-go v0.36.2 tools/clientcmd/{client_config,merged_client_builder}.go.
 */
export function resolveClientConfig(config: Kubeconfig, options: ResolveOptions): ClientConfig {
  const { overrides = {}, env, files } = options
  const server = options.defaultServer ?? defaultServer(env)
  const resolved = resolvePaths(config, files.cwd)
  const entries = effectiveEntries(resolved, overrides, server)
  const faults = [
    ...(entries.contextName === '' || resolved.contexts.has(entries.contextName)
      ? []
      : [contextNotFound(entries.contextName)]),
    ...validateUser(entries.userName, entries.user, files),
    ...validateCluster(entries.clusterName, entries.cluster, files),
  ]
  if (faults.length === 1 && faults[0] === NO_SERVER) faults[0] = NO_CONFIGURATION
  if (faults.length > 0) throw new RampartError('unreadable-input', invalid(faults))
  const inPod = isInCluster(env, files)
  const client = clientConfigOf(entries, files, options.now ?? new Date())
  if (inPod && isDefault(client, server)) return inClusterConfig(env, files, overrides)
  // In a pod its own namespace is meant where none is said.
  return inPod && entries.context.namespace === ''
    ? { ...client, namespace: inClusterNamespace(env, files) }
    : client
}

/** Where kubectl goes when nothing says a server. Source: client_config.go, getDefaultServer. */
export function defaultServer(env: ResolveOptions['env']): string {
  return env.KUBERNETES_MASTER || 'http://localhost:8080'
}

/** Source: kubectl v0.36.2 pkg/cmd/util/helpers.go, checkErr and MultilineError. */
function invalid(faults: readonly string[]): string {
  const different = [...new Set(faults)]
  const [only, ...more] = different
  if (more.length === 0) return `Error in configuration: ${only ?? ''}`
  return `Error in configuration: \n${different.map((fault) => `* ${fault}`).join('\n')}`
}

function clientConfigOf(entries: EffectiveEntries, files: KubeconfigFiles, now: Date): ClientConfig {
  const { cluster, user, context, contextName } = entries
  const server = serverUrl(cluster.server)
  const secure = server.startsWith('https://')
  return {
    server,
    ...(cluster.proxyUrl === '' ? {} : { proxyUrl: cluster.proxyUrl }),
    disableCompression: cluster.disableCompression,
    ...impersonation(user),
    // Nobody's credential goes over a connection that everybody on the way can read.
    ...(secure
      ? { ...trust(cluster, files), ...credentials(entries, files, now) }
      : { insecureSkipTlsVerify: false }),
    context: contextName,
    namespace: context.namespace || 'default',
    inCluster: false,
  }
}

/**
 * A server without a scheme is http: at that point client-go has not looked at certificates yet. Query and fragment of a
 * URL with a path are dropped. Source: client-go v0.36.2 rest/url_utils.go, DefaultServerURL.
 */
function serverUrl(server: string): string {
  const hasScheme = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]/i.test(server)
  const url = hasScheme ? server.replace(/^[^:]+/, (scheme) => scheme.toLowerCase()) : `http://${server}`
  const bad = (): RampartError =>
    new RampartError('unreadable-input', `host must be a URL or a host:port pair: ${JSON.stringify(server)}`)
  if (!URL.canParse(url)) throw bad()
  const { pathname } = new URL(url)
  if (!hasScheme && pathname !== '/') throw bad()
  return pathname === '/' ? url : url.replace(/[?#].*$/s, '')
}

function trust(
  cluster: KubeconfigCluster,
  files: KubeconfigFiles,
): Pick<ClientConfig, 'ca' | 'insecureSkipTlsVerify' | 'tlsServerName'> {
  const ca = pemSource(cluster.certificateAuthorityData, cluster.certificateAuthority, files)
  if (ca !== undefined && cluster.insecureSkipTlsVerify) {
    // Source: client-go v0.36.2 transport/transport.go, TLSConfigFor.
    const message = 'specifying a root certificates file with the insecure flag is not allowed'
    throw new RampartError('unreadable-input', message)
  }
  return {
    ...(ca === undefined ? {} : { ca }),
    insecureSkipTlsVerify: cluster.insecureSkipTlsVerify,
    ...(cluster.tlsServerName === '' ? {} : { tlsServerName: cluster.tlsServerName }),
  }
}

type Credentials = Pick<ClientConfig, 'clientCert' | 'clientKey' | 'token' | 'tokenFile' | 'basic' | 'exec'>

function credentials({ user, cluster }: EffectiveEntries, files: KubeconfigFiles, now: Date): Credentials {
  const cert = pemSource(user.clientCertificateData, user.clientCertificate, files)
  const key = cert && pemSource(user.clientKeyData, user.clientKey, files)
  const basic = user.username !== '' || user.password !== ''
  const own: Credentials = {
    ...(cert === undefined ? {} : { clientCert: cert }),
    ...(key === undefined ? {} : { clientKey: key }),
    ...(user.authProvider === undefined
      ? tokenOf(user, files)
      : { token: authProviderToken(user.authProvider, now) }),
    ...(basic ? { basic: { username: user.username, password: user.password } } : {}),
  }
  // A credential of its own keeps a plug-in from being asked: `--token` over a user with a plug-in runs nothing.
  // Source: plugin/pkg/client/auth/exec/exec.go, UpdateTransportConfig.
  if (user.exec === undefined || Object.keys(own).length > 0) return own
  return { exec: execOf(user, cluster) }
}

/** A token beside a file is where it starts; the file's content takes over. */
function tokenOf(user: KubeconfigUser, files: KubeconfigFiles): Pick<Credentials, 'token' | 'tokenFile'> {
  const { token, tokenFile } = user
  if (tokenFile === '') return token === '' ? {} : { token }
  if (token !== '') return { token, tokenFile }
  try {
    return { token: files.read(tokenFile).toString('utf8'), tokenFile }
  } catch (error) {
    throw new RampartError('unreadable-input', goFileError('open', tokenFile, error), { cause: error })
  }
}

function execOf({ exec }: KubeconfigUser, cluster: KubeconfigCluster): ExecConfig {
  const extension = cluster.extensions.get(EXEC_EXTENSION)
  return {
    command: exec?.command ?? '',
    args: exec?.args ?? [],
    env: exec?.env ?? [],
    apiVersion: exec?.apiVersion ?? '',
    installHint: visibleHint(exec?.installHint ?? ''),
    provideClusterInfo: exec?.provideClusterInfo ?? false,
    // Validation has let no other text pass.
    interactiveMode: exec?.interactiveMode as InteractiveMode,
    ...(extension === undefined ? {} : { clusterExtension: extension }),
  }
}

function impersonation(user: KubeconfigUser): Pick<ClientConfig, 'impersonate'> {
  if (user.impersonate === '') return {}
  const extra = new Map([...user.impersonateUserExtra].map(([key, values]) => [key, values ?? []]))
  return {
    impersonate: { user: user.impersonate, uid: user.impersonateUid, groups: user.impersonateGroups, extra },
  }
}

function pemSource(data: Buffer, file: string, files: KubeconfigFiles): PemSource | undefined {
  if (data.length > 0) return { kind: 'data', pem: data.toString('utf8') }
  return file === '' ? undefined : { kind: 'file', path: path.resolve(files.cwd, file) }
}

/** Whether nothing at all was said: then a pod's own account may step in. Source: loader.go, IsDefaultConfig. */
function isDefault(client: ClientConfig, server: string): boolean {
  const { context: _context, namespace: _namespace, inCluster: _inCluster, ...rest } = client
  const nothing = { server, disableCompression: false, insecureSkipTlsVerify: false }
  return JSON.stringify(Object.entries(rest).sort()) === JSON.stringify(Object.entries(nothing).sort())
}
