import type { JsonValue } from '../model/index.js'

/** Everything that extenders keep in a kubeconfig, by name; the values are theirs. */
export type Extensions = ReadonlyMap<string, JsonValue>

/** The file that an entry comes from, '' for none: relative paths count from its folder. */
interface FromFile {
  readonly origin: string
}

export interface KubeconfigCluster extends FromFile {
  readonly server: string
  readonly tlsServerName: string
  readonly insecureSkipTlsVerify: boolean
  readonly certificateAuthority: string
  readonly certificateAuthorityData: Buffer
  readonly proxyUrl: string
  readonly disableCompression: boolean
  readonly extensions: Extensions
}

/** `interactiveMode` is any text here: whether it is one of the three is for validation. */
export interface KubeconfigExec {
  readonly command: string
  readonly args: readonly string[] | undefined
  readonly env: readonly { readonly name: string; readonly value: string }[] | undefined
  readonly apiVersion: string
  readonly installHint: string
  readonly provideClusterInfo: boolean
  readonly interactiveMode: string
}

export interface KubeconfigAuthProvider {
  readonly name: string
  readonly config: ReadonlyMap<string, string> | undefined
}

export interface KubeconfigUser extends FromFile {
  readonly clientCertificate: string
  readonly clientCertificateData: Buffer
  readonly clientKey: string
  readonly clientKeyData: Buffer
  readonly token: string
  readonly tokenFile: string
  readonly impersonate: string
  readonly impersonateUid: string
  readonly impersonateGroups: readonly string[]
  readonly impersonateUserExtra: ReadonlyMap<string, readonly string[] | undefined>
  readonly username: string
  readonly password: string
  readonly authProvider: KubeconfigAuthProvider | undefined
  readonly exec: KubeconfigExec | undefined
  readonly extensions: Extensions
}

export interface KubeconfigContext extends FromFile {
  readonly cluster: string
  readonly user: string
  readonly namespace: string
  readonly extensions: Extensions
}

/**
 * One kubeconfig file, or several merged. Texts that are not there are '', as in Go: that is how client-go tells what
 * wins. Source: client-go v0.36.2 tools/clientcmd/api/types.go, Config.
 */
export interface Kubeconfig {
  readonly preferences: { readonly colors: boolean; readonly extensions: Extensions }
  readonly clusters: ReadonlyMap<string, KubeconfigCluster>
  readonly users: ReadonlyMap<string, KubeconfigUser>
  readonly contexts: ReadonlyMap<string, KubeconfigContext>
  readonly currentContext: string
  readonly extensions: Extensions
}

const NOTHING = Buffer.alloc(0)
const NO_EXTENSIONS: Extensions = new Map()

export const EMPTY_CLUSTER: KubeconfigCluster = {
  origin: '',
  server: '',
  tlsServerName: '',
  insecureSkipTlsVerify: false,
  certificateAuthority: '',
  certificateAuthorityData: NOTHING,
  proxyUrl: '',
  disableCompression: false,
  extensions: NO_EXTENSIONS,
}

export const EMPTY_USER: KubeconfigUser = {
  origin: '',
  clientCertificate: '',
  clientCertificateData: NOTHING,
  clientKey: '',
  clientKeyData: NOTHING,
  token: '',
  tokenFile: '',
  impersonate: '',
  impersonateUid: '',
  impersonateGroups: [],
  impersonateUserExtra: new Map(),
  username: '',
  password: '',
  authProvider: undefined,
  exec: undefined,
  extensions: NO_EXTENSIONS,
}

export const EMPTY_CONTEXT: KubeconfigContext = {
  origin: '',
  cluster: '',
  user: '',
  namespace: '',
  extensions: NO_EXTENSIONS,
}

export const EMPTY_KUBECONFIG: Kubeconfig = {
  preferences: { colors: false, extensions: NO_EXTENSIONS },
  clusters: new Map(),
  users: new Map(),
  contexts: new Map(),
  currentContext: '',
  extensions: NO_EXTENSIONS,
}
