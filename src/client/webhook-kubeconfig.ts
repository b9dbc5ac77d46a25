import { readFileSync } from 'node:fs'
import path from 'node:path'
import {
  asBoolean,
  asList,
  asString,
  field,
  isObject,
  RampartError,
  type JsonObject,
} from '../model/index.js'
import { readYaml } from '../text/index.js'

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
  const read = readYaml(readText(file))
  const config = read.value
  if (!isObject(config)) throw fail(read.problems[0]?.message ?? 'it is no kubeconfig file')
  const current = asString(config['current-context']) ?? ''
  const context = named(config, 'contexts', current, 'context')
  if (context === undefined) throw fail(`there is no context \`${current}\`, which current-context names`)
  const cluster = named(config, 'clusters', asString(context.cluster) ?? '', 'cluster')
  if (cluster === undefined) throw fail('the cluster of the current context does not exist')
  const user = named(config, 'users', asString(context.user) ?? '', 'user') ?? {}
  if (user.exec !== undefined || user['auth-provider'] !== undefined) {
    throw fail('its user gets a credential from a program, which is never run')
  }
  const server = asString(cluster.server) ?? ''
  if (!URL.canParse(server)) throw fail('`server` of its cluster is no URL')
  const folder = path.dirname(file)
  const bytes = (from: JsonObject, name: string): Buffer | undefined => bytesOf(from, name, folder)
  const tokenFile = asString(user.tokenFile) ?? ''
  const token = asString(user.token) ?? ''
  const name = asString(user.username) ?? ''
  return {
    url: new URL(server),
    ca: bytes(cluster, 'certificate-authority'),
    cert: bytes(user, 'client-certificate'),
    key: bytes(user, 'client-key'),
    // A file is read for each question, as it is renewed.
    token:
      tokenFile !== ''
        ? () => readText(path.resolve(folder, tokenFile)).trim()
        : token === ''
          ? undefined
          : () => token,
    basic: name === '' ? undefined : `${name}:${asString(user.password) ?? ''}`,
    serverName: asString(cluster['tls-server-name']),
    insecure: asBoolean(cluster['insecure-skip-tls-verify']) ?? false,
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new RampartError('unreadable-input', `cannot read \`${file}\`: ${(error as Error).message}`, {
      cause: error,
    })
  }
}

/** Data in place wins over a path. */
function bytesOf(from: JsonObject, name: string, folder: string): Buffer | undefined {
  const data = asString(from[`${name}-data`]) ?? ''
  if (data !== '') return Buffer.from(data, 'base64')
  const file = asString(from[name]) ?? ''
  return file === '' ? undefined : Buffer.from(readText(path.resolve(folder, file)))
}

function named(config: JsonObject, list: string, name: string, inner: string): JsonObject | undefined {
  const found = asList(config[list]).find((each) => field(each, 'name') === name)
  const value = field(found, inner)
  return isObject(value) ? value : undefined
}
