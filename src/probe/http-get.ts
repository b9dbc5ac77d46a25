import { connect as connectTcp, isIP, type Socket } from 'node:net'
import { checkServerIdentity, connect as connectTls, type SecureVersion, type TLSSocket } from 'node:tls'
import { formatEndpoint, type Endpoint } from './address.js'
import type { ClientIdentity } from './credential.js'
import { closedFailure, failureOf, type Failure } from './failure.js'
import { readAnswer, type HttpAnswer } from './http-answer.js'
import type { Session } from './session.js'

export type Answer = HttpAnswer | Failure

/** How to ask over TLS. Without `ca` the server is not verified: nothing secret may be in the request then. */
export interface TlsAsk {
  readonly version?: SecureVersion
  readonly identity?: ClientIdentity
  readonly ca?: string
  readonly serverName?: string
}

export interface GetAsk {
  readonly path: string
  readonly tls?: TlsAsk
  /** Sent as a bearer token, and only where `tls.ca` proves the server. */
  readonly token?: string
  /** Stop at the end of the headers: what is inside is none of our business. */
  readonly headOnly?: boolean
}

/**
 * Sends one GET and reads the beginning of the answer: within the time limit, no more bytes than allowed, no
 * redirect followed, one connection a request. Never throws on what a server does.
 */
export async function get(endpoint: Endpoint, ask: GetAsk, session: Session): Promise<Answer> {
  await session.pace()
  const tls = ask.tls !== undefined
  return new Promise((resolve) => {
    let bytes = Buffer.alloc(0)
    let done = false
    let socket: Socket | undefined
    const finish = (answer: Answer): void => {
      if (done) return
      done = true
      clearTimeout(timer)
      socket?.destroy()
      resolve(answer)
    }
    /** What is known when nothing more comes. */
    const soFar = (otherwise: Failure): Answer => {
      const read = readAnswer(bytes)
      return bytes.length > 0 && read.state === 'answer' ? read.answer : otherwise
    }
    const timer = setTimeout(() => {
      finish(soFar({ kind: 'timeout', detail: `no answer within ${session.limits.timeoutMs} ms` }))
    }, session.limits.timeoutMs)
    const send = (): void => void socket?.write(requestText(endpoint, ask))
    try {
      socket = tls
        ? openTls(endpoint, ask.tls, send)
        : connectTcp({ ...endpoint, autoSelectFamily: true }, send)
    } catch (error) {
      // A key that does not fit its certificate, a version that this Node does not have.
      finish({ kind: 'local', detail: (error as Error).message })
      return
    }
    let heard = false
    // Comes as soon as the server's hello has been taken in, long before a handshake ends (or does not).
    socket.on('keylog', () => (heard = true))
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk.subarray(0, session.limits.maxBytes - bytes.length)])
      const read = readAnswer(bytes)
      if (read.state === 'not-http') finish({ kind: 'not-http', detail: describeBytes(bytes) })
      if (read.state !== 'answer') return
      const headEnds = read.answer.headers.size > 0 && ask.headOnly === true
      if (read.complete || headEnds || bytes.length >= session.limits.maxBytes) finish(read.answer)
    })
    socket.on('error', (error) => finish(soFar(failureOf(error, heard, tls))))
    socket.on('close', () => finish(soFar(closedFailure(heard, tls))))
  })
}

function openTls(endpoint: Endpoint, ask: TlsAsk | undefined, ready: () => void): TLSSocket {
  const { version, identity, ca, serverName } = ask ?? {}
  const name = serverName ?? endpoint.host
  return connectTls(
    {
      ...endpoint,
      rejectUnauthorized: ca !== undefined,
      checkServerIdentity: (_, certificate) => checkServerIdentity(name, certificate),
      // Weak servers must be seen, too; nothing is trusted for being reached.
      ciphers: 'DEFAULT:@SECLEVEL=0',
      ALPNProtocols: ['http/1.1'],
      ...(isIP(name) === 0 ? { servername: name } : {}),
      ...(version === undefined ? {} : { minVersion: version, maxVersion: version }),
      ...(identity === undefined ? {} : { cert: identity.cert, key: identity.key }),
      ...(ca === undefined ? {} : { ca }),
    },
    ready,
  )
}

function requestText(endpoint: Endpoint, { path, token, tls }: GetAsk): string {
  const lines = [`GET ${path} HTTP/1.1`, `Host: ${formatEndpoint(endpoint)}`, 'User-Agent: rampart-probe']
  lines.push('Accept: application/json, text/plain, */*', 'Connection: close')
  if (token !== undefined && tls?.ca !== undefined) lines.push(`Authorization: Bearer ${token}`)
  return `${lines.join('\r\n')}\r\n\r\n`
}

function describeBytes(bytes: Buffer): string {
  // A SETTINGS frame on stream 0 is what every HTTP/2 server sends first (RFC 9113, 3.4).
  if (bytes.length >= 5 && bytes[3] === 4 && bytes[4] === 0) return 'the answer is HTTP/2, not HTTP/1'
  const shown = bytes.subarray(0, 16).toString('hex')
  return `the answer is no HTTP (it begins with the bytes ${shown})`
}
