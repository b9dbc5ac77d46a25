import http from 'node:http'
import https from 'node:https'
import type { Readable } from 'node:stream'
import type { ClientConfig } from '../kubeconfig/index.js'
import { createAgent } from './agents.js'
import { connectionError, ConnectionError } from './connection-error.js'
import { credentialSource, type Credential, type RunPlugin } from './credentials.js'
import { impersonationHeaders } from './impersonation.js'
import { serverName, serverUrl } from './server-url.js'
import { serverVerification, type TlsOptions } from './tls-options.js'

export interface TransportOptions {
  /** How Rampart names itself to the server. */
  readonly userAgent: string
  /** Runs credential plug-ins; without it a kubeconfig that needs one is refused. */
  readonly runPlugin?: RunPlugin
  /** Milliseconds for a connection and the first byte of an answer; 0 is no limit. */
  readonly answerWithin?: number
}

/** One question as it goes over the wire; `path` holds the server's prefix and the query already. */
export interface Outgoing {
  readonly method: string
  readonly path: string
  readonly headers?: http.OutgoingHttpHeaders
  readonly body?: string | Buffer | Readable
  readonly signal?: AbortSignal
  /** Milliseconds to the first byte of the answer, where the transport's own limit does not fit. */
  readonly answerWithin?: number
}

/** How one server is reached: every request, proxied or our own, goes through this door. */
export interface Transport {
  readonly base: URL
  readonly secure: boolean
  /** The server's address for messages. */
  readonly name: string
  readonly agent: http.Agent
  /** Authorization and impersonation for a request now. */
  headers(): Promise<http.OutgoingHttpHeaders>
  /** What node:tls needs now: authority, name, client certificate. */
  tls(): Promise<TlsOptions>
  /** Sends a question with credentials; on 401 once more with a renewed credential, where the body can be sent again. */
  send(outgoing: Outgoing): Promise<http.IncomingMessage>
  /** Ends all connections. */
  close(): void
}

/** An answer that has not begun after this long will not come: the API server itself gives up after 60 s. */
const ANSWER_WITHIN = 90_000

/** Opens nothing yet. Throws RampartError for what cannot work: addresses, certificates, keys. */
export async function createTransport(config: ClientConfig, options: TransportOptions): Promise<Transport> {
  const base = serverUrl(config)
  const secure = base.protocol === 'https:'
  const name = serverName(base)
  const verification = secure ? serverVerification(config) : undefined
  const credentials = credentialSource(config, secure, options.runPlugin)
  const impersonation = impersonationHeaders(config.impersonate)
  const agent = await createAgent(secure, config.proxyUrl)
  const { answerWithin = ANSWER_WITHIN } = options

  const headersWith = ({ authorization }: Credential): http.OutgoingHttpHeaders => ({
    'user-agent': options.userAgent,
    ...(authorization === undefined ? {} : { authorization }),
    ...impersonation,
  })
  const tlsWith = ({ certificate }: Credential): TlsOptions =>
    verification === undefined ? { rejectUnauthorized: true } : { ...verification, ...certificate }

  const sendWith = (outgoing: Outgoing, credential: Credential): Promise<http.IncomingMessage> =>
    exchange(
      (secure ? https : http).request({
        agent,
        host: base.hostname.replace(/^\[|\]$/g, ''),
        port: base.port === '' ? (secure ? 443 : 80) : base.port,
        method: outgoing.method,
        path: outgoing.path,
        headers: { ...outgoing.headers, ...headersWith(credential) },
        ...(secure ? tlsWith(credential) : {}),
      }),
      { ...outgoing, answerWithin: outgoing.answerWithin ?? answerWithin },
      name,
    )

  return {
    base,
    secure,
    name,
    agent,
    headers: async () => headersWith(await credentials.current()),
    tls: async () => tlsWith(await credentials.current()),
    async send(outgoing) {
      const credential = await credentials.current()
      const response = await sendWith(outgoing, credential)
      const { body } = outgoing
      const again = body === undefined || typeof body === 'string' || Buffer.isBuffer(body)
      if (response.statusCode !== 401 || !again) return response
      const renewed = await credentials.renew(credential)
      if (renewed === undefined) return response
      response.resume()
      return sendWith(outgoing, renewed)
    },
    close: () => agent.destroy(),
  }
}

/** What https-proxy-agent tells of the tunnel. */
interface ProxyAnswer {
  readonly statusCode: number
  readonly statusText?: string
}

/** Sends a request and waits for the head of its answer. Always ends: with it, with an error, at the limit. */
function exchange(
  request: http.ClientRequest,
  { body, signal, answerWithin = 0 }: Outgoing,
  name: string,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    let limit: NodeJS.Timeout | undefined
    const abort = (): void => fail(signal?.reason)
    const settle = (): void => {
      clearTimeout(limit)
      signal?.removeEventListener('abort', abort)
    }
    // A request that waits for its connection says nothing when it is destroyed.
    const fail = (error: unknown): void => {
      settle()
      reject(connectionError(error, name))
      request.destroy()
    }
    if (signal?.aborted === true) return fail(signal.reason)
    signal?.addEventListener('abort', abort, { once: true })
    if (answerWithin > 0) {
      const seconds = answerWithin / 1000
      limit = setTimeout(
        () => fail(new ConnectionError('ETIMEDOUT', `${name}: no answer within ${seconds} s`)),
        answerWithin,
      )
    }
    request.on('error', fail)
    // What a proxy says instead of making the tunnel would look like the server's own answer.
    request.on('proxyConnect', ({ statusCode, statusText = '' }: ProxyAnswer) => {
      if (statusCode === 200) return
      fail(
        new ConnectionError('', `${name}: the proxy makes no tunnel: ${statusCode} ${statusText}`.trimEnd()),
      )
    })
    request.on('upgrade', (_response, socket) => {
      socket.destroy()
      fail(new ConnectionError('', `${name}: the server changed the protocol, which nobody asked for`))
    })
    request.on('response', (response) => {
      settle()
      if (signal !== undefined) endWith(signal, response)
      resolve(response)
    })
    if (body === undefined || typeof body === 'string' || Buffer.isBuffer(body)) request.end(body)
    else {
      body.on('error', fail)
      body.pipe(request)
    }
  })
}

/** An answer that is being read ends when its reader gives up. */
function endWith(signal: AbortSignal, response: http.IncomingMessage): void {
  const abort = (): void => void response.destroy(asError(signal.reason))
  signal.addEventListener('abort', abort, { once: true })
  response.once('close', () => signal.removeEventListener('abort', abort))
}

function asError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason))
}
