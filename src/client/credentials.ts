import { readFileSync } from 'node:fs'
import type { ClientConfig, ExecConfig } from '../kubeconfig/index.js'
import { RampartError } from '../model/index.js'
import { clientCertificate, unreadable, type ClientCertificate } from './tls-options.js'

/** What proves who asks, as it is at this moment. */
export interface Credential {
  readonly authorization?: string
  readonly certificate?: ClientCertificate
}

/** Gives the credential for each request. */
export interface CredentialSource {
  current(): Promise<Credential>
  /** The server did not know who asked with this one: another to try, where there is one. */
  renew(refused: Credential): Promise<Credential | undefined>
}

/** What a credential plug-in gave. */
export interface PluginCredential {
  readonly token?: string
  readonly certificate?: ClientCertificate
  /** When it ends, in milliseconds since 1970; absent where the plug-in does not say. */
  readonly expires?: number
}

/** Runs a credential plug-in. */
export type RunPlugin = (exec: ExecConfig, config: ClientConfig) => Promise<PluginCredential>

/** Source: client-go v0.36.2 transport/token_source.go: files are read again each minute. */
const TOKEN_PERIOD = 60_000

/**
 * The credential of a configuration. Nothing is given where the connection is not encrypted: everybody on the way
 * could read it. Source: client-go v0.36.2 tools/clientcmd/client_config.go, ClientConfig.
 */
export function credentialSource(config: ClientConfig, secure: boolean, run?: RunPlugin): CredentialSource {
  if (!secure) return { current: () => Promise.resolve({}), renew: () => Promise.resolve(undefined) }
  const fixed = clientCertificate(config)
  const own = fixed === undefined ? {} : { certificate: fixed }
  if (config.tokenFile !== undefined && config.tokenFile !== '')
    return tokenFile(config, config.tokenFile, own)
  if (config.exec !== undefined) return plugin(config, config.exec, own, run)
  const authorization = fixedAuthorization(config)
  const credential = authorization === undefined ? own : { ...own, authorization }
  return { current: () => Promise.resolve(credential), renew: () => Promise.resolve(undefined) }
}

function fixedAuthorization({ token, basic }: ClientConfig): string | undefined {
  if (token !== undefined && token !== '') return bearer(token)
  if (basic === undefined) return undefined
  return `Basic ${Buffer.from(`${basic.username}:${basic.password}`).toString('base64')}`
}

function bearer(token: string): string {
  if (!/^[\x21-\x7e]+$/.test(token)) {
    throw new RampartError('unreadable-input', 'the token holds signs that no token can hold')
  }
  return `Bearer ${token}`
}

function tokenFile(config: ClientConfig, file: string, own: Credential): CredentialSource {
  let token = ''
  let read = -Infinity
  const reload = (): void => {
    try {
      token = readFileSync(file, 'utf8').trim()
      read = Date.now()
    } catch (error) {
      // A token that was read before is used on: the file may be in the middle of being renewed.
      if (token === '') token = config.token ?? ''
      if (token === '') throw unreadable('tokenFile', file, error)
    }
    if (token === '') throw new RampartError('unreadable-input', `the tokenFile \`${file}\` is empty`)
  }
  return {
    current() {
      if (Date.now() - read > TOKEN_PERIOD) reload()
      return Promise.resolve({ ...own, authorization: bearer(token) })
    },
    renew(refused) {
      reload()
      const renewed = { ...own, authorization: bearer(token) }
      return Promise.resolve(renewed.authorization === refused.authorization ? undefined : renewed)
    },
  }
}

/** One run at a time, however many requests wait for it. */
function plugin(config: ClientConfig, exec: ExecConfig, own: Credential, run?: RunPlugin): CredentialSource {
  let running: Promise<PluginCredential> | undefined
  let held: PluginCredential | undefined
  const fetch = async (): Promise<PluginCredential> => {
    if (run === undefined) {
      const message = `the credential comes from the program \`${exec.command}\`, which is not run here`
      throw new RampartError('usage', message)
    }
    running ??= run(exec, config).finally(() => {
      running = undefined
    })
    held = await running
    return held
  }
  const credentialOf = ({ token, certificate }: PluginCredential): Credential => ({
    ...(certificate === undefined ? own : { certificate }),
    ...(token === undefined ? {} : { authorization: bearer(token) }),
  })
  return {
    async current() {
      const valid = held !== undefined && (held.expires === undefined || held.expires > Date.now())
      return credentialOf(held !== undefined && valid ? held : await fetch())
    },
    async renew(refused) {
      const differs = (other: Credential): boolean =>
        other.authorization !== refused.authorization || other.certificate?.cert !== refused.certificate?.cert
      // Another request may have renewed it already.
      const known = held === undefined ? undefined : credentialOf(held)
      if (known !== undefined && differs(known)) return known
      const renewed = credentialOf(await fetch())
      return differs(renewed) ? renewed : undefined
    },
  }
}
