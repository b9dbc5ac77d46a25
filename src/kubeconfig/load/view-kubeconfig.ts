import path from 'node:path'
import { RampartError } from '../../model/index.js'
import { withoutPassword } from '../../text/index.js'
import type { Kubeconfig, KubeconfigCluster, KubeconfigUser } from '../kubeconfig.js'
import { goFileError, type KubeconfigFiles } from './kubeconfig-files.js'

/** What kubectl prints in place of a secret, and of bytes that nobody reads. */
const REDACTED = 'REDACTED'
const OMITTED = Buffer.from('DATA+OMITTED', 'base64')

/**
 * Without secrets and without long data. kubectl shows the settings of auth providers, plug-ins and proxies as they are;
 * refresh tokens, client secrets and passwords among them are redacted here too.
 * Source: client-go v0.36.2 tools/clientcmd/api/helpers.go, RedactSecrets and ShortenConfig.
 */
export function redactKubeconfig(config: Kubeconfig, isSecret: (key: string) => boolean): Kubeconfig {
  return {
    ...config,
    clusters: new Map([...config.clusters].map(([name, cluster]) => [name, redactCluster(cluster)])),
    users: new Map([...config.users].map(([name, user]) => [name, redactUser(user, isSecret)])),
  }
}

function redactCluster(cluster: KubeconfigCluster): KubeconfigCluster {
  return {
    ...cluster,
    server: withoutPassword(cluster.server),
    proxyUrl: withoutPassword(cluster.proxyUrl),
    certificateAuthorityData: omitted(cluster.certificateAuthorityData),
  }
}

function redactUser(user: KubeconfigUser, isSecret: (key: string) => boolean): KubeconfigUser {
  const { authProvider, exec } = user
  const hide = (key: string, value: string): string => (value !== '' && isSecret(key) ? REDACTED : value)
  return {
    ...user,
    clientCertificateData: omitted(user.clientCertificateData),
    clientKeyData: omitted(user.clientKeyData),
    token: user.token === '' ? '' : REDACTED,
    password: user.password === '' ? '' : REDACTED,
    authProvider:
      authProvider?.config === undefined
        ? authProvider
        : { ...authProvider, config: new Map([...authProvider.config].map(([k, v]) => [k, hide(k, v)])) },
    exec:
      exec === undefined
        ? undefined
        : {
            ...exec,
            args: exec.args && hideArguments(exec.args, isSecret),
            env: exec.env?.map(({ name, value }) => ({ name, value: hide(name, value) })),
          },
  }
}

/** `--client-secret=x` and `--client-secret x`. */
function hideArguments(args: readonly string[], isSecret: (key: string) => boolean): string[] {
  const named = (argument: string | undefined): boolean =>
    argument?.startsWith('-') === true && isSecret(argument.replace(/^-+/, ''))
  return args.map((argument, index) => {
    const [flag = '', ...value] = argument.split('=')
    if (value.length > 0) return named(flag) ? `${flag}=${REDACTED}` : argument
    return named(args[index - 1]) && !argument.startsWith('-') ? REDACTED : argument
  })
}

function omitted(data: Buffer): Buffer {
  return data.length === 0 ? data : OMITTED
}

/**
 * With the files that it names in it, so that it needs no other file. Token files stay what they are: they are renewed.
 * Source: client-go v0.36.2 tools/clientcmd/api/helpers.go, FlattenConfig.
 */
export function flattenKubeconfig(config: Kubeconfig, files: KubeconfigFiles): Kubeconfig {
  const flatten = (file: string, data: Buffer, origin: string): Buffer => {
    if (file === '') return data
    if (data.length > 0)
      throw new RampartError('unreadable-input', 'cannot have values for both path and contents')
    const resolved = path.isAbsolute(file)
      ? file
      : path.join(path.resolve(files.cwd, path.dirname(origin)), file)
    try {
      return files.read(resolved)
    } catch (error) {
      throw new RampartError('unreadable-input', goFileError('open', resolved, error), { cause: error })
    }
  }
  const flatUser = (user: KubeconfigUser): KubeconfigUser => ({
    ...user,
    clientCertificateData: flatten(user.clientCertificate, user.clientCertificateData, user.origin),
    clientCertificate: '',
    clientKeyData: flatten(user.clientKey, user.clientKeyData, user.origin),
    clientKey: '',
  })
  const flatCluster = (cluster: KubeconfigCluster): KubeconfigCluster => ({
    ...cluster,
    certificateAuthorityData: flatten(
      cluster.certificateAuthority,
      cluster.certificateAuthorityData,
      cluster.origin,
    ),
    certificateAuthority: '',
  })
  return {
    ...config,
    users: new Map([...config.users].map(([name, user]) => [name, flatUser(user)])),
    clusters: new Map([...config.clusters].map(([name, cluster]) => [name, flatCluster(cluster)])),
  }
}

/**
 * What one context needs, and nothing else.
 * Source: client-go v0.36.2 tools/clientcmd/api/helpers.go, MinifyConfig.
 */
export function minifyKubeconfig(config: Kubeconfig, context = ''): Kubeconfig {
  const currentContext = context || config.currentContext
  if (currentContext === '') throw new RampartError('usage', 'current-context must exist in order to minify')
  const chosen = config.contexts.get(currentContext)
  if (chosen === undefined) throw new RampartError('usage', `cannot locate context ${currentContext}`)
  return {
    ...config,
    currentContext,
    contexts: new Map([[currentContext, chosen]]),
    clusters: only(config.clusters, chosen.cluster, 'cluster'),
    users: only(config.users, chosen.user, 'user'),
  }
}

function only<T>(entries: ReadonlyMap<string, T>, name: string, what: string): ReadonlyMap<string, T> {
  if (name === '') return new Map()
  const entry = entries.get(name)
  if (entry === undefined) throw new RampartError('usage', `cannot locate ${what} ${name}`)
  return new Map([[name, entry]])
}
