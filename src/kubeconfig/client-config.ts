/** A PEM text in the kubeconfig itself, or a file (absolute path) that holds it. */
export type PemSource =
  { readonly kind: 'data'; readonly pem: string } | { readonly kind: 'file'; readonly path: string }

/** Whom a request is made for. Source: client-go v0.36.2 rest/config.go, ImpersonationConfig. */
export interface Impersonation {
  readonly user: string
  readonly uid: string
  readonly groups: readonly string[]
  readonly extra: ReadonlyMap<string, readonly string[]>
}

/** When a credential plug-in may read from the terminal. */
export type InteractiveMode = 'Never' | 'IfAvailable' | 'Always'

/**
 * A program that gives a credential. It is data here: nothing in this folder runs it.
 * Source: client-go v0.36.2 tools/clientcmd/api/types.go, ExecConfig.
 */
export interface ExecConfig {
  /** As written; a relative path with a separator in it is already absolute. */
  readonly command: string
  readonly args: readonly string[]
  readonly env: readonly { readonly name: string; readonly value: string }[]
  /** e.g. client.authentication.k8s.io/v1 */
  readonly apiVersion: string
  /** Free of control characters. */
  readonly installHint: string
  readonly provideClusterInfo: boolean
  readonly interactiveMode: InteractiveMode
  /** The cluster's extension `client.authentication.k8s.io/exec`, handed over with the cluster's description. */
  readonly clusterExtension?: unknown
}

/** How to reach one API server, as a context of a kubeconfig (with overrides) resolves to it. Files are absolute paths. */
export interface ClientConfig {
  /** e.g. https://127.0.0.1:6443, or with a path prefix */
  readonly server: string
  readonly ca?: PemSource
  readonly insecureSkipTlsVerify: boolean
  readonly tlsServerName?: string
  readonly proxyUrl?: string
  readonly disableCompression: boolean
  readonly clientCert?: PemSource
  readonly clientKey?: PemSource
  /** Where `tokenFile` is set too, this is its content when the configuration was resolved. */
  readonly token?: string
  /** Read again while running: tokens in files are renewed. */
  readonly tokenFile?: string
  readonly basic?: { readonly username: string; readonly password: string }
  readonly exec?: ExecConfig
  readonly impersonate?: Impersonation
  /** Name of the context, '' in a cluster. */
  readonly context: string
  /** 'default' when nothing says another. */
  readonly namespace: string
  readonly inCluster: boolean
}
