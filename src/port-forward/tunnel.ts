import http from 'node:http'
import https from 'node:https'
import type { Duplex } from 'node:stream'
import { ApiError, apiError, connectionError, pathOn, readBody, type Transport } from '../client/index.js'
import { RampartError } from '../model/index.js'
import { SpdyConnection, type SpdyStream } from '../spdy/index.js'
import { podsPath } from './target.js'
import { openTunnellingWebSocket } from './tunnelling-websocket.js'

const PROTOCOL = 'portforward.k8s.io'
const OVER_WEBSOCKET = `SPDY/3.1+${PROTOCOL}`
/** Source: client-go v0.36.2 tools/portforward, PingPeriod: load balancers cut what stays silent. */
const PING_EVERY = 10_000
/** A tunnel without connections has nothing that could hold an answer to a ping up. */
const PING_ANSWER = 30_000
const UPGRADE_WITHIN = 30_000
const KEEP_ALIVE = 15_000

export type TransportKind = 'auto' | 'websocket' | 'spdy'

/** The two streams of one forwarded connection. */
export interface RemoteConnection {
  readonly data: SpdyStream
  /** Says why it failed; its end says that the forwarding is over. */
  readonly error: SpdyStream
}

/** One connection to a pod, within which many are forwarded. */
export class Tunnel {
  #nextRequest = 0
  readonly #pinging: NodeJS.Timeout
  /** As `SpdyConnection.ended`. */
  readonly ended: Promise<Error | undefined>

  constructor(
    private readonly connection: SpdyConnection,
    readonly kind: 'websocket' | 'spdy',
  ) {
    this.ended = connection.ended
    this.#pinging = setInterval(() => this.#ping(), PING_EVERY)
    this.#pinging.unref()
    void this.ended.then(() => clearInterval(this.#pinging))
  }

  get open(): boolean {
    return this.connection.open
  }

  /** Whether a slow reader holds it up. */
  get stalled(): boolean {
    return this.connection.stalled
  }

  /** Streams that are open: up to two for each forwarded connection. */
  get size(): number {
    return this.connection.size
  }

  async connect(port: number): Promise<RemoteConnection> {
    const id = String(this.#nextRequest++)
    const headers = (type: string): Map<string, string[]> =>
      new Map([
        ['streamtype', [type]],
        ['port', [String(port)]],
        ['requestid', [id]],
      ])
    const opening = [
      this.connection.openStream(headers('error')),
      this.connection.openStream(headers('data')),
    ]
    const [error, data] = await Promise.allSettled(opening)
    if (error?.status === 'fulfilled' && data?.status === 'fulfilled') {
      // Nothing is said on it from here.
      error.value.end()
      return { error: error.value, data: data.value }
    }
    for (const one of [error, data]) if (one?.status === 'fulfilled') one.value.destroy()
    throw [error, data].find((one) => one?.status === 'rejected')?.reason
  }

  close(): void {
    this.connection.close()
  }

  #ping(): void {
    const idle = this.connection.size === 0
    const limit = idle ? setTimeout(() => this.connection.size === 0 && this.close(), PING_ANSWER) : undefined
    this.connection.ping().then(
      () => clearTimeout(limit),
      () => clearTimeout(limit),
    )
  }
}

/**
 * Opens a tunnel to a pod: SPDY within a websocket, and where the server will not have that, SPDY by a plain upgrade,
 * which needs another verb (create instead of get) and may be allowed where the first is not.
 * Source: kubectl v0.36.2 pkg/cmd/portforward, createDialer.
 */
export async function openTunnel(
  transport: Transport,
  namespace: string,
  pod: string,
  kind: TransportKind = 'auto',
): Promise<Tunnel> {
  const path = `${podsPath(namespace, pod)}/portforward`
  try {
    if (kind !== 'spdy') return await overWebSocket(transport, path)
  } catch (error) {
    if (kind === 'websocket' || !(error instanceof ApiError)) throw error
  }
  return overUpgrade(transport, path)
}

async function overWebSocket(transport: Transport, path: string): Promise<Tunnel> {
  const stream = await openTunnellingWebSocket(transport, path, OVER_WEBSOCKET)
  return new Tunnel(new SpdyConnection(stream, { role: 'client' }), 'websocket')
}

async function overUpgrade(transport: Transport, path: string): Promise<Tunnel> {
  const socket = await upgrade(transport, path)
  return new Tunnel(new SpdyConnection(socket, { role: 'client' }), 'spdy')
}

async function upgrade(transport: Transport, path: string): Promise<Duplex> {
  const request = (transport.secure ? https : http).request({
    agent: transport.agent,
    host: transport.base.hostname.replace(/^\[|\]$/g, ''),
    port: transport.base.port === '' ? (transport.secure ? 443 : 80) : transport.base.port,
    method: 'POST',
    path: pathOn(transport.base, path),
    headers: {
      ...(await transport.headers()),
      connection: 'Upgrade',
      upgrade: 'SPDY/3.1',
      'x-stream-protocol-version': PROTOCOL,
      'content-length': '0',
    },
    ...(transport.secure ? await transport.tls() : {}),
  })
  return new Promise((resolve, reject) => {
    const limit = setTimeout(
      () => request.destroy(new Error(`no answer within ${UPGRADE_WITHIN / 1000} s`)),
      UPGRADE_WITHIN,
    )
    request.on('close', () => clearTimeout(limit))
    request.on('error', (error) => reject(connectionError(error, transport.name)))
    request.on('upgrade', (response, socket, head) => {
      clearTimeout(limit)
      const agreed = response.headers['x-stream-protocol-version']
      if (agreed !== PROTOCOL) {
        socket.destroy()
        const message = `unable to negotiate protocol: client supports "${PROTOCOL}", server returned "${String(agreed ?? '')}"`
        return reject(new RampartError('unreachable', message))
      }
      socket.setNoDelay(true)
      socket.setKeepAlive(true, KEEP_ALIVE)
      if (head.length > 0) socket.unshift(head)
      resolve(socket)
    })
    request.on('response', (response) => {
      readBody(response, transport.name).then(
        (text) => reject(apiError(response.statusCode ?? 0, text, `POST ${path}`)),
        reject,
      )
    })
    request.end()
  })
}
