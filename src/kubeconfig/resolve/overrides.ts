/**
 * What flags of a command say instead of the kubeconfig; '' and undefined say nothing.
 * Source: client-go v0.36.2 tools/clientcmd/overrides.go; cli-runtime pkg/genericclioptions/config_flags.go.
 */
export interface KubeconfigOverrides {
  readonly context?: string | undefined
  readonly cluster?: string | undefined
  readonly user?: string | undefined
  readonly namespace?: string | undefined
  readonly server?: string | undefined
  readonly tlsServerName?: string | undefined
  readonly insecureSkipTlsVerify?: boolean | undefined
  readonly certificateAuthority?: string | undefined
  readonly proxyUrl?: string | undefined
  readonly disableCompression?: boolean | undefined
  readonly clientCertificate?: string | undefined
  readonly clientKey?: string | undefined
  readonly token?: string | undefined
  readonly username?: string | undefined
  readonly password?: string | undefined
  readonly as?: string | undefined
  readonly asUid?: string | undefined
  readonly asGroups?: readonly string[] | undefined
  readonly asUserExtra?: ReadonlyMap<string, readonly string[]> | undefined
}
