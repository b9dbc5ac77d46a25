import type { KubeconfigCluster, KubeconfigContext, KubeconfigExec, KubeconfigUser } from '../kubeconfig.js'

// What `kubectl config set-*` makes of an entry. A value that is undefined was not given; '' was.
// Source: kubectl v0.36.2 pkg/cmd/config/{set_cluster,set_credentials,set_context}.go.

export interface ClusterSettings {
  readonly server?: string | undefined
  readonly tlsServerName?: string | undefined
  readonly insecureSkipTlsVerify?: boolean | undefined
  /** An absolute path, or the bytes to embed. */
  readonly certificateAuthority?: string | Buffer | undefined
  readonly proxyUrl?: string | undefined
}

const NOTHING = Buffer.alloc(0)

export function modifyCluster(cluster: KubeconfigCluster, to: ClusterSettings): KubeconfigCluster {
  let changed = cluster
  const set = (fields: Partial<KubeconfigCluster>): void => {
    changed = { ...changed, ...fields }
  }
  // Another server has another name.
  if (to.server !== undefined) set({ server: to.server, tlsServerName: '' })
  if (to.tlsServerName !== undefined) set({ tlsServerName: to.tlsServerName })
  if (to.insecureSkipTlsVerify !== undefined) {
    set({ insecureSkipTlsVerify: to.insecureSkipTlsVerify })
    if (to.insecureSkipTlsVerify) set({ certificateAuthority: '', certificateAuthorityData: NOTHING })
  }
  const authority = to.certificateAuthority
  if (Buffer.isBuffer(authority))
    set({ certificateAuthorityData: authority, certificateAuthority: '', insecureSkipTlsVerify: false })
  else if (authority !== undefined) {
    set({ certificateAuthority: authority })
    if (authority !== '') set({ insecureSkipTlsVerify: false, certificateAuthorityData: NOTHING })
  }
  if (to.proxyUrl !== undefined) set({ proxyUrl: to.proxyUrl })
  return changed
}

export interface UserSettings {
  readonly clientCertificate?: string | Buffer | undefined
  readonly clientKey?: string | Buffer | undefined
  readonly token?: string | undefined
  readonly username?: string | undefined
  readonly password?: string | undefined
  readonly execCommand?: string | undefined
  readonly execApiVersion?: string | undefined
  readonly execArgs?: readonly string[] | undefined
  /** Values by name; undefined takes one away. */
  readonly execEnv?: ReadonlyMap<string, string | undefined> | undefined
  readonly execInteractiveMode?: string | undefined
  readonly execProvideClusterInfo?: boolean | undefined
}

export function modifyUser(user: KubeconfigUser, to: UserSettings): KubeconfigUser {
  const { clientCertificate: cert, clientKey: key } = to
  const token = to.token ?? user.token
  const [setToken, setBasic] = [Boolean(to.token), Boolean(to.username) || Boolean(to.password)]
  return {
    ...user,
    ...(cert === undefined
      ? {}
      : Buffer.isBuffer(cert)
        ? { clientCertificateData: cert, clientCertificate: '' }
        : { clientCertificate: cert, ...(cert === '' ? {} : { clientCertificateData: NOTHING }) }),
    ...(key === undefined
      ? {}
      : Buffer.isBuffer(key)
        ? { clientKeyData: key, clientKey: '' }
        : { clientKey: key, ...(key === '' ? {} : { clientKeyData: NOTHING }) }),
    // A token takes the place of a password, and the other way round.
    token: setBasic && !setToken ? '' : token,
    username: setToken && !setBasic ? '' : (to.username ?? user.username),
    password: setToken && !setBasic ? '' : (to.password ?? user.password),
    exec: modifyExec(user.exec, to),
  }
}

const NEW_EXEC: KubeconfigExec = {
  command: '',
  args: undefined,
  env: undefined,
  apiVersion: '',
  installHint: '',
  provideClusterInfo: false,
  interactiveMode: '',
}

/** Without a plug-in, settings of one are passed over, as kubectl does. */
function modifyExec(exec: KubeconfigExec | undefined, to: UserSettings): KubeconfigExec | undefined {
  const start =
    to.execCommand === undefined ? exec : { ...(exec ?? NEW_EXEC), command: to.execCommand, args: undefined }
  if (start === undefined) return undefined
  return {
    ...start,
    apiVersion: to.execApiVersion ?? start.apiVersion,
    args: to.execArgs ?? start.args,
    interactiveMode: to.execInteractiveMode ?? start.interactiveMode,
    provideClusterInfo: to.execProvideClusterInfo ?? start.provideClusterInfo,
    env: to.execEnv === undefined ? start.env : modifyEnv(start.env ?? [], to.execEnv),
  }
}

function modifyEnv(
  env: NonNullable<KubeconfigExec['env']>,
  to: ReadonlyMap<string, string | undefined>,
): NonNullable<KubeconfigExec['env']> {
  const kept = env
    .filter(({ name }) => !to.has(name) || to.get(name) !== undefined)
    .map(({ name, value }) => ({ name, value: to.get(name) ?? value }))
  const known = new Set(env.map(({ name }) => name))
  const added = [...to].flatMap(([name, value]) =>
    known.has(name) || value === undefined ? [] : [{ name, value }],
  )
  return [...kept, ...added]
}

export interface ContextSettings {
  readonly cluster?: string | undefined
  readonly user?: string | undefined
  readonly namespace?: string | undefined
}

export function modifyContext(context: KubeconfigContext, to: ContextSettings): KubeconfigContext {
  return {
    ...context,
    cluster: to.cluster ?? context.cluster,
    user: to.user ?? context.user,
    namespace: to.namespace ?? context.namespace,
  }
}
