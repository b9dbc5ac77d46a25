import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from 'node:http'
import type { Readable } from 'node:stream'
import type WebSocket from 'ws'
import type { ClientConfig } from '../kubeconfig/index.js'
import { asObject, isObject, type JsonObject } from '../model/index.js'
import { apiError } from './api-error.js'
import { brokeOff, ConnectionError } from './connection-error.js'
import { readDiscovery, type Discovery } from './discovery.js'
import { listPages, type ListOptions, type ListPage } from './list.js'
import { RateLimit } from './rate-limit.js'
import { bodyChunks, readBody } from './read-body.js'
import { backOff, USUAL_RETRIES, withRetries, type RetryOptions } from './retry.js'
import { pathOn, type QueryValues } from './server-url.js'
import { createTransport, type Transport, type TransportOptions } from './transport.js'
import { watchEvents, type WatchEvent, type WatchOptions } from './watch.js'

export interface ClientOptions extends TransportOptions {
  /** Milliseconds for a whole question and answer, watches too; 0 or absent is no limit (`--request-timeout`). */
  readonly requestTimeout?: number
  /** Questions per second, and how many may come at once. */
  readonly rate?: { readonly perSecond: number; readonly burst: number }
  readonly retries?: RetryOptions
  /** Takes the server's own warnings, each once. */
  readonly onWarning?: (text: string) => void
}

/** One question. */
export interface ApiRequest {
  /** GET where nothing else is said. */
  readonly method?: string
  /** As `/api/v1/pods`, below the server's prefix. */
  readonly path: string
  readonly query?: QueryValues
  readonly headers?: OutgoingHttpHeaders
  /** A stream is sent once: it is not asked again. */
  readonly body?: string | Buffer | Readable
  readonly signal?: AbortSignal
  /** For answers that go on (watches, logs): they may stand still. */
  readonly longRunning?: boolean
  /** How often this question is asked again, where that of the client does not fit. */
  readonly retries?: RetryOptions
}

/** The head of an answer, whatever its status, and its body, which must be read or destroyed. */
export interface ApiResponse {
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: AsyncGenerator<Buffer>
  readonly message: IncomingMessage
}

/** Talks to one API server. Nothing is sent before the first question. */
export interface ApiClient {
  readonly config: ClientConfig
  readonly transport: Transport
  /** Any question; answers of every status are given back. */
  request(request: ApiRequest): Promise<ApiResponse>
  /** The JSON object of an answer. Throws ApiError for every status but 2xx. */
  json(request: ApiRequest): Promise<JsonObject>
  getJson(path: string, query?: QueryValues, signal?: AbortSignal): Promise<JsonObject>
  /** Sends an object (POST where nothing else is said) and gives the object that comes back. */
  sendJson(path: string, object: JsonObject, request?: Partial<ApiRequest>): Promise<JsonObject>
  /** A collection in pages, each as the server gave it. */
  list(path: string, options?: ListOptions): AsyncGenerator<ListPage>
  /** The changes of a collection, from a list on, through every break, until the signal ends it. */
  watch(path: string, options?: WatchOptions): AsyncGenerator<WatchEvent>
  /** Opens a websocket with one of the subprotocols. */
  upgrade(path: string, protocols: readonly string[], query?: QueryValues): Promise<WebSocket>
  /** What the server serves; asked once. */
  discovery(): Promise<Discovery>
  close(): void
}

/** kubectl's own limits for discovery; a list of a whole cluster is a few hundred questions. */
const USUAL_RATE = { perSecond: 50, burst: 100 }

/** A client for one API server. Throws RampartError for a configuration that cannot work. */
export async function createClient(config: ClientConfig, options: ClientOptions): Promise<ApiClient> {
  const transport = await createTransport(config, options)
  const rate = options.rate ?? USUAL_RATE
  const limit = new RateLimit(rate.perSecond, rate.burst)
  const retries = options.retries ?? USUAL_RETRIES
  const warned = new Set<string>()
  let found: Promise<Discovery> | undefined

  const ask = async (request: ApiRequest): Promise<IncomingMessage> => {
    const { method = 'GET', path, query, headers = {}, body } = request
    const signal = signalOf(request.signal, options.requestTimeout)
    const answerWithin = request.longRunning === true ? {} : timeoutOf(options)
    const sendable = body === undefined || typeof body === 'string' || Buffer.isBuffer(body)
    const response = await withRetries(
      async () => {
        await limit.turn(signal)
        return transport.send({
          method,
          path: pathOn(transport.base, path, query),
          headers: {
            accept: 'application/json',
            ...(config.disableCompression ? {} : { 'accept-encoding': 'gzip' }),
            ...headers,
          },
          ...(body === undefined ? {} : { body }),
          ...(signal === undefined ? {} : { signal }),
          ...answerWithin,
        })
      },
      method === 'GET' || method === 'HEAD',
      sendable ? (request.retries ?? retries) : { ...retries, times: 0 },
      signal,
    ).catch((error: unknown) => {
      throw timedOut(error, transport.name, options.requestTimeout, request.signal)
    })
    tellWarnings(response, warned, options.onWarning)
    return response
  }

  const json = async (request: ApiRequest): Promise<JsonObject> => {
    const asked = `${request.method ?? 'GET'} ${request.path}`
    const once = async (): Promise<JsonObject> => {
      const response = await ask(request)
      const text = await readBody(response, transport.name).catch((error: unknown) => {
        throw timedOut(error, transport.name, options.requestTimeout, request.signal)
      })
      const status = response.statusCode ?? 0
      if (status < 200 || status > 299) throw apiError(status, text, asked)
      return parsed(text, asked, transport.name)
    }
    if ((request.method ?? 'GET') !== 'GET') return once()
    // An answer that broke off in the middle is asked for again, as one that never began.
    for (let tried = 0; ; tried += 1) {
      try {
        return await once()
      } catch (error) {
        if (!brokeOff(error) || tried > 0) throw error
        await new Promise((resolve) => setTimeout(resolve, backOff(tried, retries)))
      }
    }
  }

  const client: ApiClient = {
    config,
    transport,
    async request(request) {
      const message = await ask(request)
      const stillFor = request.longRunning === true ? { stillFor: 0 } : {}
      return {
        status: message.statusCode ?? 0,
        headers: message.headers,
        body: bodyChunks(message, transport.name, stillFor),
        message,
      }
    },
    json,
    getJson: (path, query, signal) =>
      json({ path, ...(query === undefined ? {} : { query }), ...(signal === undefined ? {} : { signal }) }),
    sendJson: (path, object, request = {}) => {
      const body = JSON.stringify(object)
      // Node does not say by itself how long the body of a DELETE is, and the server would read it as the next question.
      const length = Buffer.byteLength(body)
      return json({
        method: 'POST',
        ...request,
        path,
        headers: { 'content-type': 'application/json', 'content-length': length, ...request.headers },
        body,
      })
    },
    list: (path, listOptions) => listPages(client, path, listOptions),
    watch: (path, watchOptions) => watchEvents(client, path, watchOptions),
    async upgrade(path, protocols, query) {
      const { openWebSocket } = await import('./upgrade.js')
      return openWebSocket(transport, path, protocols, query)
    },
    discovery: () => (found ??= readDiscovery(client)),
    close: () => transport.close(),
  }
  return client
}

function signalOf(given: AbortSignal | undefined, limit = 0): AbortSignal | undefined {
  if (limit <= 0) return given
  const timeout = AbortSignal.timeout(limit)
  return given === undefined ? timeout : AbortSignal.any([given, timeout])
}

function timeoutOf({ requestTimeout = 0 }: ClientOptions): { readonly answerWithin?: number } {
  return requestTimeout > 0 ? { answerWithin: requestTimeout } : {}
}

/** The limit of the user, in the user's words; what the caller ended stays its own affair. */
function timedOut(error: unknown, name: string, limit = 0, given?: AbortSignal): unknown {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error
  const ended = cause instanceof Error && (cause.name === 'TimeoutError' || cause.name === 'AbortError')
  if (!ended || given?.aborted === true || limit <= 0) return error
  return new ConnectionError(
    'ETIMEDOUT',
    `${name}: no whole answer within ${limit / 1000} s (--request-timeout)`,
  )
}

function parsed(text: string, asked: string, name: string): JsonObject {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new ConnectionError('', `${name}: the answer to ${asked} is no JSON: is this an API server?`, error)
  }
  if (isObject(value)) return value
  throw new ConnectionError('', `${name}: the answer to ${asked} is no object: is this an API server?`)
}

/** `299 - "text"`. Source: RFC 7234 section 5.5; the API server warns of deprecated versions so. */
function tellWarnings(response: IncomingMessage, told: Set<string>, tell?: (text: string) => void): void {
  const { warning } = asObject(response.headers)
  if (tell === undefined || typeof warning !== 'string') return
  for (const [, text = ''] of warning.matchAll(/\b299 \S+ "((?:[^"\\]|\\.){1,1000})"/g)) {
    if (told.has(text) || told.size > 100) continue
    told.add(text)
    tell(text.replace(/\\(.)/g, '$1'))
  }
}
