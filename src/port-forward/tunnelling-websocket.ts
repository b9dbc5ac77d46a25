import type { ClientRequest, IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { createWebSocketStream, WebSocket } from 'ws'
import { apiError, connectionError, pathOn, readBody, type Transport } from '../client/index.js'
import { RampartError } from '../model/index.js'

const OPEN_WITHIN = 30_000

/**
 * A two-way stream within a websocket of a subprotocol whose name holds a slash, as Kubernetes' `SPDY/3.1+...` does.
 * RFC 6455 forbids such names, so ws neither asks for them nor takes them: we put the header into its request, and take
 * it out of the answer after we have looked at it.
 */
export async function openTunnellingWebSocket(
  transport: Transport,
  path: string,
  subprotocol: string,
): Promise<Duplex> {
  const url = `${transport.secure ? 'wss' : 'ws'}://${transport.base.host}${pathOn(transport.base, path)}`
  let agreed: string | undefined
  const socket = new WebSocket(url, {
    agent: transport.agent,
    headers: (await transport.headers()) as Record<string, string>,
    handshakeTimeout: OPEN_WITHIN,
    perMessageDeflate: false,
    ...(transport.secure ? await transport.tls() : {}),
    finishRequest: (request: ClientRequest) => {
      request.setHeader('sec-websocket-protocol', subprotocol)
      request.prependListener('upgrade', ({ headers }: IncomingMessage) => {
        agreed = headers['sec-websocket-protocol']
        delete headers['sec-websocket-protocol']
      })
      request.end()
    },
  })
  return new Promise((resolve, reject) => {
    socket.once('open', () => {
      if (agreed === subprotocol) return resolve(createWebSocketStream(socket, { highWaterMark: 256 * 1024 }))
      socket.terminate()
      const message = `unable to negotiate protocol: client supports "${subprotocol}", server returned "${agreed ?? ''}"`
      reject(new RampartError('unreachable', message))
    })
    socket.once('error', (error) => reject(connectionError(error, transport.name)))
    socket.once('unexpected-response', (request, response) => {
      readBody(response, transport.name)
        .then((text) => reject(apiError(response.statusCode ?? 0, text, `websocket ${path}`)), reject)
        .finally(() => request.destroy())
    })
  })
}
