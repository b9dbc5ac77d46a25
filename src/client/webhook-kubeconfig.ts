import { readFileSync } from 'node:fs'
import path from 'node:path'
import { nodeFiles } from '../kubeconfig/disk/index.js'
import { goFileError, loadKubeconfig, resolveClientConfig, type PemSource } from '../kubeconfig/index.js'
import { RampartError } from '../model/index.js'

/** Where a webhook is and how it is talked to. Credentials stay in here. */
export interface WebhookConnection {
  readonly url: URL
  readonly ca: Buffer | undefined
  readonly cert: Buffer | undefined
  readonly key: Buffer | undefined
  readonly token: (() => string) | undefined
  readonly basic: string | undefined
  readonly serverName: string | undefined
  readonly insecure: boolean
}

/**
 * Reads the kubeconfig file of a webhook: the cluster is the webhook, the user is the API server. Paths in it count from
 * its own folder. Throws RampartError for what the API server would not start with, and for programs that would have to
 * be run to get a credential: none is ever run.
 * Source: kubernetes v1.36.2 apiserver pkg/util/webhook/webhook.go, LoadKubeconfig; client-go tools/clientcmd.
 */
export function readWebhookKubeconfig(file: string): WebhookConnection {
  const fail = (message: string): RampartError => new RampartError('unreadable-input', `${file}: ${message}`)
  const config = resolve(file, fail)
  if (config.exec !== undefined) throw fail('its user gets a credential from a program, which is never run')
  if (!URL.canParse(config.server)) throw fail('`server` of its cluster is no URL')
  const { token, tokenFile, basic } = config
  return {
    url: new URL(config.server),
    ca: bytesOf(config.ca, fail),
    cert: bytesOf(config.clientCert, fail),
    key: bytesOf(config.clientKey, fail),
    // A file is read for each question, as it is renewed.
    token:
      tokenFile !== undefined
        ? () => read(tokenFile, fail).toString('utf8').trim()
        : token === undefined
          ? undefined
          : () => token,
    basic: basic === undefined ? undefined : `${basic.username}:${basic.password}`,
    serverName: config.tlsServerName,
    insecure: config.insecureSkipTlsVerify,
  }
}

type Fail = (message: string) => RampartError

/** The way that the file itself says: nothing of the environment counts, and there is no server in its place. */
function resolve(file: string, fail: Fail): ReturnType<typeof resolveClientConfig> {
  const files = nodeFiles(path.resolve('.'))
  try {
    const { config } = loadKubeconfig({ explicit: file, env: {} }, files)
    return resolveClientConfig(config, { env: {}, files, defaultServer: '' })
  } catch (error) {
    throw error instanceof RampartError ? fail(error.message) : error
  }
}

function read(file: string, fail: Fail): Buffer {
  try {
    return readFileSync(file)
  } catch (error) {
    throw fail(goFileError('open', file, error))
  }
}

function bytesOf(source: PemSource | undefined, fail: Fail): Buffer | undefined {
  if (source === undefined) return undefined
  return source.kind === 'data' ? Buffer.from(source.pem) : read(source.path, fail)
}
