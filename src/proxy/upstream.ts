import http, { type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http'
import https from 'node:https'
import type { Duplex } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { connectionError, type Transport } from '../client/index.js'
import { answerHeaders } from './headers-on.js'

/** A request that may be passed on. */
export interface Passed {
  readonly method: string
  /** With the server's prefix where it is wanted, and the query. */
  readonly path: string
  /** Made anew for each try: credentials may be renewed between two. */
  readonly headers: () => Promise<OutgoingHttpHeaders>
  readonly dropCookie?: (setCookie: string) => boolean
}

/** What came of it, for the log. */
export interface Outcome {
  readonly status: number
  readonly error?: string
}

async function ask(transport: Transport, { method, path, headers }: Passed): Promise<http.ClientRequest> {
  return (transport.secure ? https : http).request({
    agent: transport.agent,
    host: transport.base.hostname.replace(/^\[|\]$/g, ''),
    port: transport.base.port === '' ? (transport.secure ? 443 : 80) : transport.base.port,
    method,
    path,
    headers: await headers(),
    ...(transport.secure ? await transport.tls() : {}),
  })
}

/**
 * Passes a request on and its answer back. Both bodies flow as fast as the slower side takes them, so that neither a
 * watch nor a large body is ever held. A client that goes away ends the request to the server; a server that goes away
 * in the middle of its answer ends the connection to the client, so that it is not taken for the whole.
 */
export async function passRequest(
  transport: Transport,
  request: IncomingMessage,
  response: ServerResponse,
  passed: Passed,
  failed: (message: string) => void,
): Promise<Outcome> {
  const gone = new AbortController()
  response.once('close', () => {
    if (!response.writableFinished) gone.abort()
  })
  let answer: IncomingMessage
  try {
    answer = await answerTo(transport, request, passed, gone.signal)
  } catch (error) {
    if (gone.signal.aborted) return { status: 499, error: 'the client went away' }
    const { message } = connectionError(error, transport.name)
    failed(message)
    return { status: response.statusCode, error: message }
  }
  const status = answer.statusCode ?? 502
  response.writeHead(status, answer.statusMessage, answerHeaders(answer, passed.dropCookie))
  // The head of a watch must not wait for its first event.
  response.flushHeaders()
  try {
    await pipeline(answer, response, { signal: gone.signal })
    return { status }
  } catch {
    const why = gone.signal.aborted ? 'the client went away' : 'the server broke its answer off'
    answer.destroy()
    response.destroy()
    return { status, error: why }
  }
}

/** The head of the answer. One that says 401 is asked for again when there is a newer credential. */
async function answerTo(
  transport: Transport,
  request: IncomingMessage,
  passed: Passed,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  const hasBody =
    request.headers['content-length'] !== undefined || request.headers['transfer-encoding'] !== undefined
  const before = await transport.headers()
  const answer = await headOf(await ask(transport, passed), hasBody ? request : undefined, signal)
  if (answer.statusCode !== 401 || request.headers.authorization !== undefined) return answer
  // Any question renews the credential when the server says so.
  const probe = await transport.send({ method: 'GET', path: '/version' }).catch(() => undefined)
  probe?.resume()
  const after = await transport.headers()
  if (hasBody || after.authorization === before.authorization) return answer
  answer.resume()
  return headOf(await ask(transport, passed), undefined, signal)
}

function headOf(
  outgoing: http.ClientRequest,
  body: IncomingMessage | undefined,
  signal: AbortSignal,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const abort = (): void => void outgoing.destroy(new Error('the client went away'))
    if (signal.aborted) abort()
    signal.addEventListener('abort', abort, { once: true })
    outgoing.once('close', () => signal.removeEventListener('abort', abort))
    outgoing.once('response', resolve)
    outgoing.on('error', reject)
    outgoing.once('upgrade', (_answer, socket) => {
      socket.destroy()
      reject(new Error('the server changed the protocol, which nobody asked for'))
    })
    if (body === undefined) outgoing.end()
    else {
      body.on('error', abort)
      body.pipe(outgoing)
    }
  })
}

/** Passes an upgrade on: a websocket, or SPDY. Afterwards bytes flow both ways, and one end's end is the other's. */
export async function passUpgrade(
  transport: Transport,
  request: IncomingMessage,
  client: Duplex,
  head: Buffer,
  passed: Passed,
  failed: (message: string) => void,
): Promise<Outcome> {
  const headers = async (): Promise<OutgoingHttpHeaders> => ({
    ...(await passed.headers()),
    connection: 'Upgrade',
    upgrade: request.headers.upgrade ?? '',
  })
  try {
    const outgoing = await ask(transport, { ...passed, headers })
    client.once('close', () => outgoing.destroy())
    const [answer, server, rest] = await upgraded(outgoing)
    if (server === undefined) return await refused(answer, client, failed)
    client.write(rawHead(answer))
    if (rest !== undefined && rest.length > 0) client.write(rest)
    if (head.length > 0) server.write(head)
    await join(client, server)
    return { status: 101 }
  } catch (error) {
    const { message } = connectionError(error, transport.name)
    failed(message)
    return { status: 502, error: message }
  }
}

function upgraded(outgoing: http.ClientRequest): Promise<[IncomingMessage, Duplex?, Buffer?]> {
  return new Promise((resolve, reject) => {
    outgoing.once('upgrade', (answer, socket, head) => resolve([answer, socket, head]))
    outgoing.once('response', (answer) => resolve([answer]))
    outgoing.on('error', reject)
    outgoing.end()
  })
}

/** The server would not: what it says goes back, and the connection ends. Source: apimachinery pkg/util/proxy, tryUpgrade. */
async function refused(
  answer: IncomingMessage,
  client: Duplex,
  failed: (message: string) => void,
): Promise<Outcome> {
  const status = answer.statusCode ?? 502
  if (status < 400) {
    answer.destroy()
    failed(`invalid upgrade response: status code ${status}`)
    return { status: 502, error: `the server answered ${status} to an upgrade` }
  }
  client.write(rawHead(answer, 'close'))
  await pipeline(answer, client).catch(() => undefined)
  return { status }
}

function rawHead(answer: IncomingMessage, connection?: string): string {
  const lines = [`HTTP/1.1 ${answer.statusCode ?? 502} ${answer.statusMessage ?? ''}`]
  for (let at = 0; at + 1 < answer.rawHeaders.length; at += 2) {
    const name = answer.rawHeaders[at] ?? ''
    // The body comes as Node has read it, without the pieces that it was sent in.
    if (connection !== undefined && /^(connection|transfer-encoding|keep-alive)$/i.test(name)) continue
    lines.push(`${name}: ${answer.rawHeaders[at + 1] ?? ''}`)
  }
  if (connection !== undefined) lines.push(`Connection: ${connection}`)
  return `${lines.join('\r\n')}\r\n\r\n`
}

function join(a: Duplex, b: Duplex): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      a.destroy()
      b.destroy()
      resolve()
    }
    for (const socket of [a, b]) {
      socket.on('error', end)
      socket.on('close', end)
    }
    a.pipe(b)
    b.pipe(a)
  })
}
