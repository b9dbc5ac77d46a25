import path from 'node:path'
import { goQuote, withoutPassword } from '../../text/index.js'
import {
  EMPTY_CLUSTER,
  type Kubeconfig,
  type KubeconfigCluster,
  type KubeconfigContext,
  type KubeconfigExec,
  type KubeconfigUser,
} from '../kubeconfig.js'
import { fileErrorCode, goFileError, type KubeconfigFiles } from '../load/kubeconfig-files.js'
import { proxyUrlFault } from './proxy-url.js'

// Source: client-go v0.36.2 tools/clientcmd/validation.go. Messages are kubectl's, their odd ends included.

export const NO_SERVER = 'cluster has no server defined'

/** Everything that client-go's Validate finds in a whole kubeconfig; paths are absolute. */
export function validateKubeconfig(config: Kubeconfig, files: KubeconfigFiles): string[] {
  const { currentContext, contexts, users, clusters } = config
  return [
    ...(currentContext === '' || contexts.has(currentContext) ? [] : [contextNotFound(currentContext)]),
    ...[...contexts].flatMap(([name, context]) => validateContext(name, context, config)),
    ...[...users].flatMap(([name, user]) => validateUser(name, user, files)),
    ...[...clusters].flatMap(([name, cluster]) => validateCluster(name, cluster, files)),
  ]
}

export function contextNotFound(name: string): string {
  return `context was not found for specified context: ${name}`
}

export function validateCluster(name: string, cluster: KubeconfigCluster, files: KubeconfigFiles): string[] {
  if (isEmpty(cluster, EMPTY_CLUSTER)) return [NO_SERVER]
  const faults: string[] = []
  if (cluster.server === '')
    faults.push(
      name === '' ? 'default cluster has no server defined' : `no server found for cluster ${goQuote(name)}`,
    )
  const proxy = cluster.proxyUrl === '' ? undefined : proxyUrlFault(cluster.proxyUrl)
  if (proxy !== undefined) {
    const shown = (text: string): string => text.replace(cluster.proxyUrl, withoutPassword(cluster.proxyUrl))
    faults.push(
      `invalid 'proxy-url' ${goQuote(withoutPassword(cluster.proxyUrl))} for cluster ${goQuote(name)}: ${shown(proxy)}`,
    )
  }
  if (cluster.certificateAuthority !== '') {
    if (cluster.certificateAuthorityData.length > 0)
      faults.push(
        `certificate-authority-data and certificate-authority are both specified for ${name}. certificate-authority-data will override.`,
      )
    faults.push(...unreadable('certificate-authority', cluster.certificateAuthority, name, files))
  }
  return faults
}

export function validateUser(name: string, user: KubeconfigUser, files: KubeconfigFiles): string[] {
  const methods = [
    ...(user.token === '' ? [] : ['token']),
    ...(user.username === '' && user.password === '' ? [] : ['basicAuth']),
  ]
  const faults = [...certificateFaults(name, user, files), ...execFaults(name, user)]
  if (methods.length > 1)
    faults.push(
      `more than one authentication method found for ${name}; found [${methods.join(' ')}], only one is allowed`,
    )
  const more =
    user.impersonateUid !== '' || user.impersonateGroups.length > 0 || user.impersonateUserExtra.size > 0
  if (more && user.impersonate === '')
    faults.push(`requesting uid, groups or user-extra for ${name} without impersonating a user`)
  return faults
}

function certificateFaults(name: string, user: KubeconfigUser, files: KubeconfigFiles): string[] {
  const { clientCertificate, clientCertificateData, clientKey, clientKeyData } = user
  if (clientCertificate === '' && clientCertificateData.length === 0) return []
  const faults: string[] = []
  if (clientCertificate !== '' && clientCertificateData.length > 0)
    faults.push(
      `client-cert-data and client-cert are both specified for ${name}. client-cert-data will override.`,
    )
  if (clientKey !== '' && clientKeyData.length > 0)
    faults.push(
      `client-key-data and client-key are both specified for ${name}; client-key-data will override`,
    )
  if (clientKey === '' && clientKeyData.length === 0)
    faults.push(
      `client-key-data or client-key must be specified for ${name} to use the clientCert authentication method.`,
    )
  return [
    ...faults,
    ...(clientCertificate === '' ? [] : unreadable('client-cert', clientCertificate, name, files)),
    ...(clientKey === '' ? [] : unreadable('client-key', clientKey, name, files)),
  ]
}

function execFaults(name: string, { exec, authProvider }: KubeconfigUser): string[] {
  if (exec === undefined) return []
  const use = `must be specified for ${name} to use exec authentication plugin`
  return [
    ...(authProvider === undefined
      ? []
      : [`authProvider cannot be provided in combination with an exec plugin for ${name}`]),
    ...(exec.command === '' ? [`command ${use}`] : []),
    ...(exec.apiVersion === '' ? [`apiVersion ${use}`] : []),
    ...(exec.env ?? []).filter((each) => each.name === '').map(() => `env variable name ${use}`),
    ...modeFaults(name, exec),
  ]
}

function modeFaults(name: string, { interactiveMode }: KubeconfigExec): string[] {
  if (interactiveMode === '')
    return [`interactiveMode must be specified for ${name} to use exec authentication plugin`]
  if (['Never', 'IfAvailable', 'Always'].includes(interactiveMode)) return []
  return [`invalid interactiveMode for ${name}: ${goQuote(interactiveMode)}`]
}

function validateContext(name: string, context: KubeconfigContext, config: Kubeconfig): string[] {
  const quoted = goQuote(name)
  const faults: string[] = name === '' ? ['empty context name is not allowed'] : []
  if (context.user === '') faults.push(`user was not specified for context ${quoted}`)
  else if (!config.users.has(context.user))
    faults.push(`user ${goQuote(context.user)} was not found for context ${quoted}`)
  if (context.cluster === '') faults.push(`cluster was not specified for context ${quoted}`)
  else if (!config.clusters.has(context.cluster))
    faults.push(`cluster ${goQuote(context.cluster)} was not found for context ${quoted}`)
  if (context.namespace !== '' && !/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(context.namespace))
    faults.push(
      `namespace ${goQuote(context.namespace)} for context ${quoted} does not conform to the kubernetes DNS_LABEL rules`,
    )
  return faults
}

/** A folder counts as readable: client-go opens it and reads nothing. */
function unreadable(what: string, file: string, name: string, files: KubeconfigFiles): string[] {
  try {
    files.read(path.resolve(files.cwd, file))
    return []
  } catch (error) {
    if (fileErrorCode(error) === 'EISDIR') return []
    return [`unable to read ${what} ${file} for ${name} due to ${goFileError('open', file, error)}`]
  }
}

function isEmpty<T extends object>(entry: T, empty: T): boolean {
  return Object.entries(empty).every(([key, value]) => {
    const own: unknown = entry[key as keyof T]
    if (Buffer.isBuffer(own)) return own.length === 0
    return own instanceof Map ? own.size === 0 : own === value
  })
}
