import http from 'node:http'
import https from 'node:https'
import net, { type AddressInfo } from 'node:net'
import type { DecisionLog } from './decision-log.js'
import type { Metrics } from './metrics.js'
import type { Policy } from './policy.js'
import { readReview, reviewAnswer } from './answer-review.js'

/** Longest review that is read. One of the API server is a few kilobytes. */
const LARGEST = 1024 * 1024

/** How long a server that was told to stop still takes connections, and tells that it is not ready, in milliseconds. */
const NOTICE = 300
/** How long connections that look idle are left open after that, in milliseconds. */
const DRAIN = 1_000

/** Certificates of the server, and of those who may ask. */
export interface ServerTls {
  readonly cert: string
  readonly key: string
  /** Undefined asks nobody for a certificate. */
  readonly clientCa: string | undefined
}

export interface ServerOptions {
  readonly host: string
  readonly port: number
  readonly path: string
  /** Undefined serves plain HTTP, for loopback addresses only. */
  readonly tls: ServerTls | undefined
  readonly policy: () => Policy
  readonly metrics: Metrics
  readonly log: DecisionLog | undefined
  /** Metrics are served on their own address, or not at all. */
  readonly metricsAddress: { readonly host: string; readonly port: number } | undefined
}

export interface RunningServer {
  readonly address: AddressInfo
  readonly metricsAddress: AddressInfo | undefined
  /** Takes new certificates without dropping a connection. */
  readonly setCertificates: (tls: ServerTls) => void
  /** Stops taking connections, answers what has begun, and ends. */
  stop(): Promise<void>
}

/** Serves a policy as an authorization webhook. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  let draining = false
  let closed = false
  const handle = (request: http.IncomingMessage, response: http.ServerResponse): void => {
    if (closed) response.setHeader('connection', 'close')
    route(request, response, options, () => draining)
  }
  const server =
    options.tls === undefined
      ? http.createServer(handle)
      : https.createServer(secureContext(options.tls), handle)
  server.requestTimeout = 30_000
  server.headersTimeout = 10_000
  const metrics = options.metricsAddress === undefined ? undefined : metricsServer(options, () => draining)
  const address = await listen(server, options.port, options.host)
  const metricsAddress =
    metrics === undefined || options.metricsAddress === undefined
      ? undefined
      : await listen(metrics, options.metricsAddress.port, options.metricsAddress.host)
  return {
    address,
    metricsAddress,
    setCertificates: (tls) => {
      if (server instanceof https.Server) server.setSecureContext(secureContext(tls))
    },
    stop: async () => {
      draining = true
      await wait(NOTICE)
      // Clients that keep their connections make no new one now, which could be taken by the system and then be lost.
      closed = true
      const ended = stopListening(server)
      // A request may be on its way over a connection that looks idle: each answer tells its client to close it.
      await wait(DRAIN)
      server.closeIdleConnections()
      const others = metrics === undefined ? [] : [stopListening(metrics)]
      metrics?.closeAllConnections()
      await Promise.all([ended, ...others])
    },
  }
}

function secureContext({ cert, key, clientCa }: ServerTls): https.ServerOptions {
  const mutual = clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: true }
  return { cert, key, minVersion: 'TLSv1.2', ...mutual }
}

function listen(server: http.Server | https.Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve(server.address() as AddressInfo)
    })
  })
}

/** Ends when the last connection does. The server's own way to close would cut those that look idle. */
function stopListening(server: http.Server | https.Server): Promise<void> {
  return new Promise((resolve) => net.Server.prototype.close.call(server, () => resolve()))
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

function route(
  request: http.IncomingMessage,
  response: http.ServerResponse,
  options: ServerOptions,
  draining: () => boolean,
): void {
  const url = request.url ?? ''
  const mark = url.indexOf('?')
  const path = mark < 0 ? url : url.slice(0, mark)
  if (path !== options.path && answerHealth(path, response, draining)) return
  const refuse = (status: number, message: string): void => {
    options.metrics.refused()
    // The rest of a body that is not read would be taken for the next request.
    if (status === 413) response.setHeader('connection', 'close')
    reply(response, status, 'text/plain', `${message}\n`)
  }
  if (path !== options.path) return refuse(404, 'not found')
  if (request.method !== 'POST') {
    response.setHeader('allow', 'POST')
    return refuse(405, 'only POST')
  }
  const type = request.headers['content-type'] ?? ''
  if (type !== 'application/json' && !/^application\/json\b/i.test(type))
    return refuse(415, 'only application/json')
  readBody(request, (body) => {
    if (body === undefined) return refuse(413, `the body is larger than ${LARGEST} bytes`)
    answer(body, response, options, refuse)
  })
}

/** Whether a request is about health; then it is answered. */
function answerHealth(path: string, response: http.ServerResponse, draining: () => boolean): boolean {
  if (path !== '/healthz' && path !== '/livez' && path !== '/readyz') return false
  const stopping = path === '/readyz' && draining()
  reply(response, stopping ? 503 : 200, 'text/plain', stopping ? 'draining\n' : 'ok\n')
  return true
}

function readBody(request: http.IncomingMessage, done: (body: string | undefined) => void): void {
  const chunks: Buffer[] = []
  let size = 0
  request.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= LARGEST) chunks.push(chunk)
    else if (chunks.length > 0) {
      chunks.length = 0
      done(undefined)
    }
  })
  request.on('end', () => {
    if (size <= LARGEST)
      done((chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)).toString('utf8'))
  })
  // Who asked has gone: nobody is left to answer.
  request.on('error', () => undefined)
}

function answer(
  body: string,
  response: http.ServerResponse,
  { policy, metrics, log }: ServerOptions,
  refuse: (status: number, message: string) => void,
): void {
  const review = readReview(body)
  if (!review.ok) return refuse(400, review.message)
  const started = performance.now()
  const decision = policy().decide(review.attributes)
  const milliseconds = performance.now() - started
  metrics.decided(decision.verdict, milliseconds)
  reply(response, 200, 'application/json', reviewAnswer(review.apiVersion, decision))
  log?.write(review.attributes, decision, milliseconds)
}

function reply(response: http.ServerResponse, status: number, type: string, body: string): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body) })
  response.end(body)
}

/** Metrics, and health for those who have no client certificate, as the kubelet's probes. */
function metricsServer({ metrics }: ServerOptions, draining: () => boolean): http.Server {
  return http.createServer((request, response) => {
    const path = request.url?.split('?', 1)[0] ?? ''
    if (answerHealth(path, response, draining)) return
    if (path !== '/metrics') return reply(response, 404, 'text/plain', 'not found\n')
    metrics.text().then(
      (text) => reply(response, 200, metrics.contentType, text),
      () => reply(response, 500, 'text/plain', 'metrics could not be made\n'),
    )
  })
}
