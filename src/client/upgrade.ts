import type { IncomingMessage } from 'node:http'
import WebSocket from 'ws'
import { apiError } from './api-error.js'
import { connectionError } from './connection-error.js'
import { pathOn, type QueryValues } from './server-url.js'
import type { Transport } from './transport.js'

const OPEN_WITHIN = 30_000
/** What a server says when it refuses is short. */
const SAID = 64 * 1024

/** Opens a websocket to the server with its credentials. Throws ApiError when the server refuses. */
export async function openWebSocket(
  transport: Transport,
  path: string,
  protocols: readonly string[],
  query: QueryValues = {},
): Promise<WebSocket> {
  const scheme = transport.secure ? 'wss' : 'ws'
  const url = `${scheme}://${transport.base.host}${pathOn(transport.base, path, query)}`
  const socket = new WebSocket(url, [...protocols], {
    agent: transport.agent,
    headers: await stringHeaders(transport),
    handshakeTimeout: OPEN_WITHIN,
    perMessageDeflate: false,
    ...(transport.secure ? await transport.tls() : {}),
  })
  return new Promise((resolve, reject) => {
    socket.once('open', () => {
      // What the server says at once would be lost: nobody listens before the promise is taken.
      socket.pause()
      setImmediate(() => socket.resume())
      resolve(socket)
    })
    socket.once('error', (error) => reject(connectionError(error, transport.name)))
    socket.once('unexpected-response', (request, response) => {
      void said(response).then((text) => {
        reject(apiError(response.statusCode ?? 0, text, `websocket ${path}`))
        request.destroy()
      })
    })
  })
}

async function stringHeaders(transport: Transport): Promise<Record<string, string>> {
  // The types of ws know single values alone; node:http, which sends them, takes lists too.
  return (await transport.headers()) as Record<string, string>
}

async function said(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      size += chunk.length
      if (size > SAID) break
    }
  } catch {
    // What came so far is what is told.
  }
  return Buffer.concat(chunks).toString('utf8')
}
