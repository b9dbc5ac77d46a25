import type { JsonObject, JsonValue } from '../../model/index.js'
import type {
  Extensions,
  Kubeconfig,
  KubeconfigCluster,
  KubeconfigContext,
  KubeconfigUser,
} from '../kubeconfig.js'

/**
 * The fields of a kubeconfig in the order and with the omissions of kubectl: lists by name, `null` for none.
 * Source: client-go v0.36.2 tools/clientcmd/api/v1/{types,conversion}.go.
 */
export function kubeconfigFields(config: Kubeconfig): JsonObject {
  return {
    kind: 'Config',
    apiVersion: 'v1',
    ...preferencesOf(config),
    clusters: listOf(config.clusters, (name, cluster) => ({ name, cluster: clusterFields(cluster) })),
    users: listOf(config.users, (name, user) => ({ name, user: userFields(user) })),
    contexts: listOf(config.contexts, (name, context) => ({ name, context: contextFields(context) })),
    'current-context': config.currentContext,
    ...extensionsIn(config.extensions),
  }
}

/** JSON as kubectl prints it: four spaces, and the signs that Go escapes. Source: Go encoding/json, MarshalIndent. */
export function goJson(value: JsonValue): string {
  return JSON.stringify(value, null, 4).replace(/[<>&\u2028\u2029\u007f]/g, (sign) =>
    sign === '\u007f' ? sign : `\\u${(sign.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  )
}

export function clusterFields(cluster: KubeconfigCluster): JsonObject {
  return {
    server: cluster.server,
    ...some('tls-server-name', cluster.tlsServerName),
    ...(cluster.insecureSkipTlsVerify ? { 'insecure-skip-tls-verify': true } : {}),
    ...some('certificate-authority', cluster.certificateAuthority),
    ...some('certificate-authority-data', cluster.certificateAuthorityData.toString('base64')),
    ...some('proxy-url', cluster.proxyUrl),
    ...(cluster.disableCompression ? { 'disable-compression': true } : {}),
    ...extensionsIn(cluster.extensions),
  }
}

export function userFields(user: KubeconfigUser): JsonObject {
  const { authProvider, exec } = user
  return {
    ...some('client-certificate', user.clientCertificate),
    ...some('client-certificate-data', user.clientCertificateData.toString('base64')),
    ...some('client-key', user.clientKey),
    ...some('client-key-data', user.clientKeyData.toString('base64')),
    ...some('token', user.token),
    ...some('tokenFile', user.tokenFile),
    ...some('as', user.impersonate),
    ...some('as-uid', user.impersonateUid),
    ...(user.impersonateGroups.length === 0 ? {} : { 'as-groups': [...user.impersonateGroups] }),
    ...(user.impersonateUserExtra.size === 0 ? {} : { 'as-user-extra': extraFields(user) }),
    ...some('username', user.username),
    ...some('password', user.password),
    ...(authProvider === undefined
      ? {}
      : {
          'auth-provider': {
            name: authProvider.name,
            config:
              authProvider.config === undefined ? null : objectOf(authProvider.config, (value) => value),
          },
        }),
    ...(exec === undefined
      ? {}
      : {
          exec: {
            command: exec.command,
            args: exec.args === undefined ? null : [...exec.args],
            env: exec.env?.map(({ name, value }) => ({ name, value })) ?? null,
            ...some('apiVersion', exec.apiVersion),
            ...some('installHint', exec.installHint),
            provideClusterInfo: exec.provideClusterInfo,
            ...some('interactiveMode', exec.interactiveMode),
          },
        }),
    ...extensionsIn(user.extensions),
  }
}

export function contextFields(context: KubeconfigContext): JsonObject {
  return {
    cluster: context.cluster,
    user: context.user,
    ...some('namespace', context.namespace),
    ...extensionsIn(context.extensions),
  }
}

function preferencesOf({ preferences: { colors, extensions } }: Kubeconfig): JsonObject {
  if (!colors && extensions.size === 0) return {}
  return { preferences: { ...(colors ? { colors } : {}), ...extensionsIn(extensions) } }
}

function extraFields(user: KubeconfigUser): JsonObject {
  return objectOf(user.impersonateUserExtra, (values) => (values === undefined ? null : [...values]))
}

function extensionsIn(extensions: Extensions): JsonObject {
  const list = listOf(extensions, (name, extension) => ({ name, extension: sortKeys(extension) }))
  return list === null ? {} : { extensions: list }
}

function some(key: string, value: string): JsonObject {
  return value === '' ? {} : { [key]: value }
}

/** Names in the order of their bytes, as Go sorts. */
export function byName<T>(entries: ReadonlyMap<string, T>): [string, T][] {
  return [...entries].sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
}

function listOf<T>(
  entries: ReadonlyMap<string, T>,
  print: (name: string, entry: T) => JsonObject,
): JsonObject[] | null {
  return entries.size === 0 ? null : byName(entries).map(([name, entry]) => print(name, entry))
}

function objectOf<T>(map: ReadonlyMap<string, T>, print: (value: T) => JsonValue): JsonObject {
  return Object.fromEntries(byName(map).map(([key, value]) => [key, print(value)]))
}

/** An extension with the keys of its maps in order: it went through a map of Go. */
function sortKeys(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sortKeys)
  if (typeof value !== 'object' || value === null) return value
  const entries = new Map(Object.entries(value).map(([key, inner]) => [key, inner ?? null]))
  return objectOf(entries, sortKeys)
}
