import { readFileSync } from 'node:fs'
import path from 'node:path'
import { nodeFiles } from '../kubeconfig/disk/index.js'
import { loadKubeconfig, resolveClientConfig, type ClientConfig } from '../kubeconfig/index.js'
import { RampartError } from '../model/index.js'
import { impersonationHeaders } from './impersonation.js'
import { clientCertificate, serverVerification, type TlsOptions } from './tls-options.js'

/** Where a webhook is and how it is talked to. Credentials stay in here. */
export interface WebhookConnection {
  readonly url: URL
  readonly tls: TlsOptions
  /** Asked for each question, as its file is renewed. */
  readonly token: (() => string) | undefined
  readonly basic: string | undefined
  /** Headers that ask for another identity. */
  readonly impersonate: Readonly<Record<string, string | string[]>>
  readonly compression: boolean
  readonly proxyUrl: string | undefined
}

type Fail = (message: string) => RampartError

/**
 * Reads the kubeconfig file of a webhook: the cluster is the webhook, the user is the API server. Paths in it count from
 * its own folder. Throws RampartError for what the API server would not start with, and for programs that would have to
 * be run to get a credential: none is ever run.
 * Source: kubernetes v1.36.2 apiserver pkg/util/webhook/webhook.go, LoadKubeconfig; client-go tools/clientcmd
 * client_config.go, transport/transport.go.
 */
export function readWebhookKubeconfig(file: string): WebhookConnection {
  const fail: Fail = (message) => new RampartError('unreadable-input', `${file}: ${message}`)
  return named(fail, () => {
    const config = resolve(file)
    if (config.exec !== undefined) throw fail('its user gets a credential from a program, which is never run')
    if (config.insecureSkipTlsVerify && config.ca !== undefined) {
      throw fail('`insecure-skip-tls-verify` may not stand beside a certificate authority')
    }
    const { basic } = config
    return {
      url: serverUrl(config.server, fail),
      tls: { ...serverVerification(config), ...clientCertificate(config) },
      token: tokenOf(config),
      basic: basic === undefined || basic.username === '' ? undefined : `${basic.username}:${basic.password}`,
      impersonate: impersonationHeaders(config.impersonate),
      compression: !config.disableCompression,
      proxyUrl: config.proxyUrl,
    }
  })
}

/** Every error tells whose kubeconfig it is about. */
function named<T>(fail: Fail, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof RampartError && !error.message.startsWith(fail('').message)
      ? fail(error.message)
      : error
  }
}

/** The way that the file itself says: nothing of the environment counts, and there is no server in its place. */
function resolve(file: string): ClientConfig {
  const files = nodeFiles(path.resolve('.'))
  const { config } = loadKubeconfig({ explicit: file, env: {} }, files)
  return resolveClientConfig(config, { env: {}, files, defaultServer: '' })
}

/** Without a protocol it is a host with a port, reached without TLS. Source: client-go rest/url_utils.go. */
function serverUrl(server: string, fail: Fail): URL {
  const whole = server.includes('://') ? server : `http://${server}`
  if (server === '' || !URL.canParse(whole)) throw fail('`server` of its cluster is no URL')
  const url = new URL(whole)
  if (whole !== server && url.pathname !== '/')
    throw fail('`server` of its cluster has no protocol, as `https://`')
  return url
}

/** The file counts while it holds a token, else what was read at first. Source: client-go transport/token_source.go. */
function tokenOf({ token, tokenFile }: ClientConfig): (() => string) | undefined {
  if (tokenFile === undefined || tokenFile === '')
    return token === undefined || token === '' ? undefined : () => token
  return () => {
    try {
      return readFileSync(tokenFile, 'utf8').trim() || (token ?? '')
    } catch {
      return token ?? ''
    }
  }
}
