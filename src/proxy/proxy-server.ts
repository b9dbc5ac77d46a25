import { existsSync, lstatSync, unlinkSync } from 'node:fs'
import http, { type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import type { Transport } from '../client/index.js'
import { RampartError } from '../model/index.js'
import { decide, type Decision, type Policy } from './decide.js'
import { Expiry } from './expiry.js'
import { joinSlash } from './go-url.js'
import { requestHeaders } from './headers-on.js'
import { badRequest, plainAnswer, plainAnswerOn } from './plain-answer.js'
import { SESSION_HEADER } from './session.js'
import { escapeHtml, serveFile } from './static-files.js'
import { passRequest, passUpgrade, type Outcome, type Passed } from './upstream.js'

/** One line of the log. Never a header, a body, or the value of a query. */
export interface LogEntry {
  readonly time: string
  readonly method: string
  readonly path: string
  readonly status: number
  readonly milliseconds: number
  /** Why it was not passed on, or what went wrong. */
  readonly why?: string
}

export interface ProxyOptions {
  readonly transport: Transport
  /** Made when the port is known: the safe mode checks it. */
  readonly policy: (port: number) => Policy
  readonly listen: { readonly host: string; readonly port: number } | { readonly unixSocket: string }
  /** Sets the mask of modes and gives the one before: a socket is for its owner alone. */
  readonly setUmask: (mask: number) => number
  readonly www?: string
  readonly appendServerPath: boolean
  /** Milliseconds; 0 is for ever. */
  readonly idle: number
  readonly longest: number
  readonly keepAlive: number
  readonly log: (entry: LogEntry) => void
}

export interface RunningProxy {
  /** `127.0.0.1:8001`, or the path of the socket. */
  readonly address: string
  readonly port: number
  /** Settles with the reason when the proxy ends by itself. */
  readonly expired: Promise<string>
  stop(): Promise<void>
}

/** Serves until it is stopped or its time is over. */
export async function startProxy(options: ProxyOptions): Promise<RunningProxy> {
  const expiry = new Expiry(options.idle, options.longest)
  const sockets = new Set<Duplex>()
  // Known when the port is: until then nothing can have come.
  const known: { policy?: Policy } = {}
  // A request that takes long, as an upload or a watch, is no attack here.
  const server = http.createServer({ requestTimeout: 0, keepAlive: options.keepAlive > 0 })
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    if (options.keepAlive > 0) socket.setKeepAlive(true, options.keepAlive)
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('request', (request, response) => {
    const end = expiry.begin()
    response.once('close', end)
    if (known.policy !== undefined) void answer(request, response, known.policy, options)
  })
  server.on('upgrade', (request, socket: Duplex, head: Buffer) => {
    const end = expiry.begin()
    socket.on('error', () => undefined)
    socket.once('close', end)
    if (known.policy !== undefined) void upgrade(request, socket, head, known.policy, options)
  })
  const stop = async (): Promise<void> => {
    expiry.stop()
    const closed = new Promise((resolve) => server.close(resolve))
    for (const socket of sockets) socket.destroy()
    await closed
  }
  try {
    await listen(server, options)
  } catch (error) {
    expiry.stop()
    throw new RampartError('usage', `cannot listen: ${(error as Error).message}`, { cause: error })
  }
  const address = server.address() as AddressInfo | string
  const port = typeof address === 'string' ? 0 : address.port
  known.policy = options.policy(port)
  const host =
    typeof address === 'string'
      ? address
      : address.family === 'IPv6'
        ? `[${address.address}]`
        : address.address
  return {
    address: typeof address === 'string' ? address : `${host}:${port}`,
    port,
    expired: expiry.expired,
    stop,
  }
}

function listen(server: http.Server, { listen: where, setUmask }: ProxyOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    const ready = (): void => {
      server.off('error', reject)
      server.on('error', () => undefined)
      resolve()
    }
    if (!('unixSocket' in where)) return void server.listen(where.port, where.host, ready)
    // A socket that was left behind; another file stays, and listening fails. Source: kubectl, ListenUnix.
    if (existsSync(where.unixSocket) && lstatSync(where.unixSocket).isSocket()) unlinkSync(where.unixSocket)
    const before = setUmask(0o077)
    server.listen(where.unixSocket, ready)
    setUmask(before)
  })
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  policy: Policy,
  options: ProxyOptions,
): Promise<void> {
  const begin = performance.now()
  const decision = decide(request, policy)
  let outcome: Outcome
  if (decision.kind === 'pass') {
    const failed = (message: string): void =>
      plainAnswer(response, policy.safe === undefined ? 500 : 502, message)
    const passed = passedOn(request, decision, policy, options)
    outcome = await passRequest(options.transport, request, response, passed, failed)
  } else {
    outcome = await own(request, response, decision, policy, options)
  }
  options.log(entryOf(request, outcome, begin))
}

/** What is answered here. */
async function own(
  request: IncomingMessage,
  response: ServerResponse,
  decision: Exclude<Decision, { kind: 'pass' }>,
  policy: Policy,
  { www }: ProxyOptions,
): Promise<Outcome> {
  // A body that nobody reads would keep the connection.
  request.resume()
  switch (decision.kind) {
    case 'unreadable':
      badRequest(response)
      return { status: 400, error: 'the address cannot be read' }
    case 'answer':
      plainAnswer(response, decision.status, decision.text)
      return { status: decision.status, error: decision.why }
    case 'redirect':
      redirect(request, response, decision)
      return { status: decision.status }
    case 'static':
      await serveFile(request, response, decision.path, {
        folder: www ?? '',
        followLinks: policy.safe === undefined,
      })
      return { status: response.statusCode }
  }
}

/** Source: Go 1.26 net/http, Redirect. The one after a session has begun leaves no trace of the code. */
function redirect(
  request: IncomingMessage,
  response: ServerResponse,
  { status, location, cookie }: Extract<Decision, { kind: 'redirect' }>,
): void {
  const text = status === 303 ? 'See Other' : 'Temporary Redirect'
  const html = request.method === 'GET' || request.method === 'HEAD'
  response.writeHead(status, {
    location,
    ...(html ? { 'content-type': 'text/html; charset=utf-8' } : {}),
    ...(cookie === undefined
      ? {}
      : { 'set-cookie': cookie, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' }),
  })
  response.end(request.method === 'GET' ? `<a href="${escapeHtml(location)}">${text}</a>.\n\n` : undefined)
}

async function upgrade(
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
  policy: Policy,
  options: ProxyOptions,
): Promise<void> {
  const begin = performance.now()
  const decision = decide(request, policy)
  const refuse = (status: number, text: string): void => plainAnswerOn(socket, status, text)
  let outcome: Outcome
  if (decision.kind === 'pass') {
    const passed = passedOn(request, decision, policy, options)
    const failed = (message: string): void => refuse(policy.safe === undefined ? 500 : 502, message)
    outcome = await passUpgrade(options.transport, request, socket, head, passed, failed)
  } else {
    const [status, text] =
      decision.kind === 'answer' ? [decision.status, decision.text] : [400, 'Bad Request']
    refuse(status, text)
    outcome = { status, error: decision.kind === 'answer' ? decision.why : 'nothing to upgrade here' }
  }
  options.log(entryOf(request, outcome, begin))
}

function passedOn(
  request: IncomingMessage,
  { escaped, query }: Extract<Decision, { kind: 'pass' }>,
  { safe }: Policy,
  { transport, appendServerPath }: ProxyOptions,
): Passed {
  const prefix = appendServerPath ? transport.base.pathname : ''
  const session = safe?.session
  const cookies = (header: string | undefined): string | undefined =>
    session === undefined ? header : session.foreignCookies(header)
  return {
    method: request.method ?? 'GET',
    path: `${joinSlash(prefix, escaped)}${query === '' ? '' : `?${query}`}`,
    headers: async () =>
      requestHeaders(request, {
        own: await transport.headers(),
        ...(safe === undefined ? {} : { cookies, secret: SESSION_HEADER }),
      }),
    ...(safe === undefined ? {} : { dropCookie: (cookie: string) => session?.isOurs(cookie) ?? false }),
  }
}

function entryOf(request: IncomingMessage, { status, error }: Outcome, begin: number): LogEntry {
  const [path = ''] = (request.url ?? '').split('?')
  return {
    time: new Date().toISOString(),
    method: request.method ?? '',
    path: path.replace(/[^\x21-\x7e]/g, '?').slice(0, 500),
    status,
    milliseconds: Math.round(performance.now() - begin),
    ...(error === undefined ? {} : { why: error }),
  }
}
