import path from 'node:path'
import { RampartError } from '../../model/index.js'
import type { ClientConfig } from '../client-config.js'
import { goFileError, type KubeconfigFiles } from '../load/kubeconfig-files.js'
import type { KubeconfigOverrides } from './overrides.js'

type Environment = Readonly<Record<string, string | undefined>>

/** Where a pod finds its service account. Source: client-go v0.36.2 rest/config.go, InClusterConfig. */
const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount'

/** Whether this is the inside of a pod. Source: client_config.go, inClusterClientConfig.Possible. */
export function isInCluster(env: Environment, files: KubeconfigFiles): boolean {
  if (!env.KUBERNETES_SERVICE_HOST || !env.KUBERNETES_SERVICE_PORT) return false
  try {
    return files.isFile(`${ACCOUNT}/token`)
  } catch {
    return false
  }
}

/** The pod's own way to its API server. Of the flags only server, token and authority count here, as in client-go. */
export function inClusterConfig(
  env: Environment,
  files: KubeconfigFiles,
  overrides: KubeconfigOverrides,
): ClientConfig {
  const tokenFile = `${ACCOUNT}/token`
  const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '' } = env
  const given = overrides.certificateAuthority || undefined
  const authority = given === undefined ? `${ACCOUNT}/ca.crt` : path.resolve(files.cwd, given)
  const hasAuthority = given !== undefined || readText(authority, files) !== undefined
  return {
    server: overrides.server || `https://${host.includes(':') ? `[${host}]` : host}:${port}`,
    ...(hasAuthority ? { ca: { kind: 'file', path: authority } } : {}),
    insecureSkipTlsVerify: false,
    disableCompression: false,
    ...(overrides.token ? { token: overrides.token } : { token: requireText(tokenFile, files), tokenFile }),
    context: '',
    namespace: overrides.namespace || inClusterNamespace(env, files),
    inCluster: true,
  }
}

/** Source: client_config.go, inClusterClientConfig.Namespace. */
export function inClusterNamespace(env: Environment, files: KubeconfigFiles): string {
  return env.POD_NAMESPACE || readText(`${ACCOUNT}/namespace`, files)?.trim() || 'default'
}

function readText(file: string, files: KubeconfigFiles): string | undefined {
  try {
    return files.read(file).toString('utf8')
  } catch {
    return undefined
  }
}

function requireText(file: string, files: KubeconfigFiles): string {
  try {
    return files.read(file).toString('utf8')
  } catch (error) {
    throw new RampartError('unreadable-input', goFileError('open', file, error), { cause: error })
  }
}
