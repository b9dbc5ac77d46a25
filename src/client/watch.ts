import { setTimeout as sleep } from 'node:timers/promises'
import { asNumber, asObject, asString, isObject, type JsonObject } from '../model/index.js'
import { ApiError, apiError, apiErrorOf } from './api-error.js'
import type { ApiClient, ApiResponse } from './api-client.js'
import { ConnectionError } from './connection-error.js'
import { textLines } from './text-lines.js'
import { backOff } from './retry.js'
import type { QueryValues } from './server-url.js'

export interface WatchOptions {
  /** Where to begin; without it the objects that exist are listed first, as ADDED. */
  readonly resourceVersion?: string
  readonly query?: QueryValues
  readonly signal?: AbortSignal
  /** How often in a row a lost server is looked for again; then the watch ends with the error. */
  readonly tries?: number
}

/**
 * One change. RELIST: the server no longer knows what happened since; what was known is to be forgotten, and what exists
 * follows as ADDED.
 */
export type WatchEvent =
  | { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK'; readonly object: JsonObject }
  | { readonly type: 'RELIST' }

/** Source: client-go v0.36.2 tools/cache/reflector.go: five to ten minutes, by chance. */
const SHORTEST_SECONDS = 300
const RETRY = { times: 10, first: 800, longest: 30_000 }
/** A server that ends each watch at once is not asked in a tight loop. */
const TOO_SHORT = 1000

/** Changes of a collection until the signal ends them. Breaks are mended from the last version that was seen. */
export async function* watchEvents(
  client: ApiClient,
  path: string,
  options: WatchOptions = {},
): AsyncGenerator<WatchEvent> {
  const { signal, tries = RETRY.times } = options
  let version = options.resourceVersion ?? ''
  let failures = 0
  while (!aborted(signal)) {
    const began = performance.now()
    try {
      if (version === '') version = yield* listed(client, path, options)
      for await (const event of oneWatch(client, path, version, options)) {
        failures = 0
        version = asString(asObject(event.object.metadata).resourceVersion) ?? version
        yield event
      }
      if (performance.now() - began < TOO_SHORT) await sleep(TOO_SHORT, undefined, { signal })
    } catch (error) {
      if (aborted(signal)) return
      if (expired(error)) {
        version = ''
        yield { type: 'RELIST' }
        continue
      }
      if (!passing(error) || failures >= tries) throw error
      await sleep(backOff(failures, RETRY), undefined, { signal }).catch(() => undefined)
      failures += 1
    }
  }
}

/** What exists now, and the version of that. */
async function* listed(
  client: ApiClient,
  path: string,
  { query, signal }: WatchOptions,
): AsyncGenerator<WatchEvent, string> {
  let version = ''
  const options = { ...(query === undefined ? {} : { query }), ...(signal === undefined ? {} : { signal }) }
  for await (const page of client.list(path, options)) {
    if (page.restarted) yield { type: 'RELIST' }
    // Items of a list leave out what the list says for them.
    const kind = page.kind.replace(/List$/, '')
    for (const item of page.items) {
      yield { type: 'ADDED', object: { apiVersion: page.apiVersion, kind, ...item } }
    }
    version = page.resourceVersion
  }
  return version
}

async function* oneWatch(
  client: ApiClient,
  path: string,
  version: string,
  { query = {}, signal }: WatchOptions,
): AsyncGenerator<Exclude<WatchEvent, { readonly type: 'RELIST' }>> {
  const seconds = Math.round(SHORTEST_SECONDS * (1 + Math.random()))
  const asked = `watch ${path}`
  const response: ApiResponse = await client.request({
    path,
    query: {
      ...query,
      watch: true,
      allowWatchBookmarks: true,
      resourceVersion: version,
      timeoutSeconds: seconds,
    },
    // The server ends the watch after that time; one that does not is gone.
    signal: withLimit(signal, (seconds + 30) * 1000),
    longRunning: true,
  })
  if (response.status !== 200) throw apiError(response.status, await textOf(response), asked)
  for await (const line of textLines(response.body)) {
    const event = parsedEvent(line, asked)
    const object = asObject(event.object)
    if (event.type === 'ERROR') throw apiErrorOf(object, asked)
    if (isKnown(event.type)) yield { type: event.type, object }
  }
}

function aborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true
}

function withLimit(signal: AbortSignal | undefined, limit: number): AbortSignal {
  const timeout = AbortSignal.timeout(limit)
  return signal === undefined ? timeout : AbortSignal.any([signal, timeout])
}

function isKnown(type: unknown): type is 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' {
  return type === 'ADDED' || type === 'MODIFIED' || type === 'DELETED' || type === 'BOOKMARK'
}

function parsedEvent(line: string, asked: string): JsonObject {
  try {
    const event: unknown = JSON.parse(line)
    if (isObject(event)) return event
  } catch {
    // Told below: what Node says quotes the text, which may be a Secret.
  }
  throw new ConnectionError('ECONNRESET', `${asked}: the server ended an event in the middle`)
}

async function textOf(response: ApiResponse): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of response.body) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

/** Source: apimachinery pkg/api/errors, IsResourceExpired and IsGone. */
function expired(error: unknown): boolean {
  return error instanceof ApiError && (error.status === 410 || asNumber(error.body.code) === 410)
}

/** What may be over in a moment: a lost connection, a busy server. */
function passing(error: unknown): boolean {
  if (error instanceof ConnectionError) return true
  return error instanceof ApiError && (error.status === 429 || error.status >= 500)
}
