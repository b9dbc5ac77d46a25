import { RampartError } from '../../model/index.js'
import { goQuote } from '../../text/index.js'
import {
  EMPTY_CLUSTER,
  EMPTY_CONTEXT,
  EMPTY_USER,
  type Kubeconfig,
  type KubeconfigCluster,
  type KubeconfigContext,
  type KubeconfigUser,
} from '../kubeconfig.js'
import type { KubeconfigOverrides } from './overrides.js'

/** The context, cluster and user that count, with the flags put over them. */
export interface EffectiveEntries {
  readonly contextName: string
  readonly clusterName: string
  readonly userName: string
  readonly context: KubeconfigContext
  readonly cluster: KubeconfigCluster
  readonly user: KubeconfigUser
}

const NOTHING = Buffer.alloc(0)

/**
 * Source: client-go v0.36.2 tools/clientcmd/client_config.go, getAuthInfo, getContext, getCluster. A name that a flag gives
 * has to exist, and which of them is asked for first decides what the user hears of.
 */
export function effectiveEntries(
  config: Kubeconfig,
  overrides: KubeconfigOverrides,
  defaultServer: string,
): EffectiveEntries {
  const contextName = overrides.context || config.currentContext
  const found = config.contexts.get(contextName)
  const context = {
    ...(found ?? EMPTY_CONTEXT),
    ...given('cluster', overrides.cluster),
    ...given('user', overrides.user),
    ...given('namespace', withoutKind(overrides.namespace)),
  }
  const { cluster: clusterName, user: userName } = context
  const user = config.users.get(userName)
  if (user === undefined && overrides.user) throw missing('auth info', userName)
  if (found === undefined && overrides.context) throw missing('context', contextName)
  const cluster = config.clusters.get(clusterName)
  if (cluster === undefined && overrides.cluster) throw missing('cluster', clusterName)
  return {
    contextName,
    clusterName,
    userName,
    context,
    cluster: clusterWith(cluster ?? EMPTY_CLUSTER, overrides, defaultServer),
    user: userWith(user ?? EMPTY_USER, overrides),
  }
}

/** kubectl takes `-n namespace/shop` and `-n ns/shop`. Source: overrides.go, RemoveNamespacesPrefix. */
function withoutKind(namespace: string | undefined): string | undefined {
  return namespace?.replace(/^(?:namespaces|namespace|ns)\/(?=.)/i, '')
}

function given<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  return value ? ({ [key]: value } as Record<K, string>) : {}
}

function missing(what: string, name: string): RampartError {
  return new RampartError('usage', `${what} ${goQuote(name)} does not exist`)
}

function clusterWith(
  cluster: KubeconfigCluster,
  overrides: KubeconfigOverrides,
  defaultServer: string,
): KubeconfigCluster {
  const skip = overrides.insecureSkipTlsVerify === true
  const authority = overrides.certificateAuthority ?? ''
  return {
    ...cluster,
    server: overrides.server || cluster.server || defaultServer,
    proxyUrl: overrides.proxyUrl || cluster.proxyUrl,
    disableCompression: cluster.disableCompression || overrides.disableCompression === true,
    // Whoever says how to trust says all of it: neither an old authority nor an old skip stays.
    ...(skip || authority !== ''
      ? {
          insecureSkipTlsVerify: skip,
          certificateAuthority: authority,
          certificateAuthorityData: NOTHING,
        }
      : {}),
    // Another server has another name.
    ...(overrides.tlsServerName || overrides.server ? { tlsServerName: overrides.tlsServerName ?? '' } : {}),
  }
}

function userWith(user: KubeconfigUser, overrides: KubeconfigOverrides): KubeconfigUser {
  const { clientCertificate, clientKey, asGroups = [], asUserExtra = new Map() } = overrides
  return {
    ...user,
    ...given('token', overrides.token),
    ...given('username', overrides.username),
    ...given('password', overrides.password),
    ...given('impersonate', overrides.as),
    ...given('impersonateUid', overrides.asUid),
    ...(asGroups.length === 0 ? {} : { impersonateGroups: asGroups }),
    ...(asUserExtra.size === 0
      ? {}
      : { impersonateUserExtra: new Map([...user.impersonateUserExtra, ...asUserExtra]) }),
    ...(clientKey ? { clientKey, clientKeyData: NOTHING } : {}),
    ...(clientCertificate ? { clientCertificate, clientCertificateData: NOTHING } : {}),
  }
}
