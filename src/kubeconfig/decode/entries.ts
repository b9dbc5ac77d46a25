import { asBoolean, asList, asString, asStrings, field, isObject, type JsonValue } from '../../model/index.js'
import type {
  Extensions,
  KubeconfigAuthProvider,
  KubeconfigCluster,
  KubeconfigContext,
  KubeconfigExec,
  KubeconfigUser,
} from '../kubeconfig.js'

// Values here have been found to fit KUBECONFIG_SHAPE: what is of another type is missing.

type Value = JsonValue | undefined

const text = (value: Value, key: string): string => asString(field(value, key)) ?? ''
const flag = (value: Value, key: string): boolean => asBoolean(field(value, key)) ?? false
const bytes = (value: Value, key: string): Buffer => Buffer.from(text(value, key), 'base64')
const listIn = (value: Value, key: string): JsonValue[] | undefined => {
  const list = field(value, key)
  return Array.isArray(list) ? list : undefined
}

export function clusterOf(value: Value): KubeconfigCluster {
  return {
    origin: '',
    server: text(value, 'server'),
    tlsServerName: text(value, 'tls-server-name'),
    insecureSkipTlsVerify: flag(value, 'insecure-skip-tls-verify'),
    certificateAuthority: text(value, 'certificate-authority'),
    certificateAuthorityData: bytes(value, 'certificate-authority-data'),
    proxyUrl: text(value, 'proxy-url'),
    disableCompression: flag(value, 'disable-compression'),
    extensions: extensionsOf(value),
  }
}

export function userOf(value: Value): KubeconfigUser {
  return {
    origin: '',
    clientCertificate: text(value, 'client-certificate'),
    clientCertificateData: bytes(value, 'client-certificate-data'),
    clientKey: text(value, 'client-key'),
    clientKeyData: bytes(value, 'client-key-data'),
    token: text(value, 'token'),
    tokenFile: text(value, 'tokenFile'),
    impersonate: text(value, 'as'),
    impersonateUid: text(value, 'as-uid'),
    impersonateGroups: asList(field(value, 'as-groups')).map((group) => asString(group) ?? ''),
    impersonateUserExtra: extraOf(field(value, 'as-user-extra')),
    username: text(value, 'username'),
    password: text(value, 'password'),
    authProvider: authProviderOf(field(value, 'auth-provider')),
    exec: execOf(field(value, 'exec')),
    extensions: extensionsOf(value),
  }
}

export function contextOf(value: Value): KubeconfigContext {
  return {
    origin: '',
    cluster: text(value, 'cluster'),
    user: text(value, 'user'),
    namespace: text(value, 'namespace'),
    extensions: extensionsOf(value),
  }
}

/** Extensions of any part, by name; a name that stands twice was refused before. */
export function extensionsOf(value: Value): Extensions {
  return new Map(
    asList(field(value, 'extensions')).map((item) => [text(item, 'name'), field(item, 'extension') ?? null]),
  )
}

function extraOf(value: Value): ReadonlyMap<string, readonly string[] | undefined> {
  if (!isObject(value)) return new Map()
  return new Map(
    Object.entries(value).map(([key, list]) => [key, Array.isArray(list) ? asStrings(list) : undefined]),
  )
}

function authProviderOf(value: Value): KubeconfigAuthProvider | undefined {
  if (!isObject(value)) return undefined
  const config = field(value, 'config')
  return {
    name: text(value, 'name'),
    config: isObject(config)
      ? new Map(Object.entries(config).map(([key, each]) => [key, asString(each) ?? '']))
      : undefined,
  }
}

function execOf(value: Value): KubeconfigExec | undefined {
  if (!isObject(value)) return undefined
  const apiVersion = text(value, 'apiVersion')
  return {
    command: text(value, 'command'),
    args: listIn(value, 'args')?.map((argument) => asString(argument) ?? ''),
    env: listIn(value, 'env')?.map((item) => ({ name: text(item, 'name'), value: text(item, 'value') })),
    apiVersion,
    installHint: text(value, 'installHint'),
    provideClusterInfo: flag(value, 'provideClusterInfo'),
    interactiveMode: text(value, 'interactiveMode') || defaultInteractiveMode(apiVersion),
  }
}

/** Source: client-go v0.36.2 tools/clientcmd/api/v1/defaults.go, SetDefaults_ExecConfig. */
function defaultInteractiveMode(apiVersion: string): string {
  return /^client\.authentication\.k8s\.io\/v1(?:alpha|beta)1$/.test(apiVersion) ? 'IfAvailable' : ''
}
