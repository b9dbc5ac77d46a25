import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Duplex } from 'node:stream'
import type { CertificateFiles } from './certificates.js'

/** What came to the server. */
export interface Seen {
  readonly method: string
  readonly url: string
  readonly headers: http.IncomingHttpHeaders
  readonly bytes: number
}

export interface EchoUpstream {
  readonly url: string
  readonly seen: Seen[]
  /** How many bytes the endless answers have written. */
  written(): number
  /** Answers that are still going on. */
  open(): number
  stop(): Promise<void>
}

/**
 * Stands for an API server: says in JSON what was asked, and by path: `/status/N` answers N, `/endless` never ends,
 * `/watch` sends a line each 50 ms, `/broken` breaks off, `/large/N` sends N bytes, `/cookies` sets some, `/slow` waits
 * two seconds. An upgrade is echoed.
 */
export async function startEchoUpstream(files?: CertificateFiles): Promise<EchoUpstream> {
  const seen: Seen[] = []
  let written = 0
  let open = 0
  const sockets = new Set<Duplex>()
  const listener: http.RequestListener = (request, response) => {
    open += 1
    response.on('close', () => (open -= 1))
    const url = request.url ?? ''
    let bytes = 0
    request.on('data', (chunk: Buffer) => (bytes += chunk.length))
    request.on('error', () => undefined)
    request.on('end', () => {
      seen.push({ method: request.method ?? '', url, headers: request.headers, bytes })
      answer(request, response, bytes)
    })
  }
  const answer = (request: http.IncomingMessage, response: http.ServerResponse, bytes: number): void => {
    const url = request.url ?? ''
    const [, word = '', count = ''] =
      /^\/(?:.*\/)?(status|large|endless|watch|broken|cookies|slow)(?:\/(\d+))?(?:\?.*)?$/.exec(url) ?? []
    if (word === 'status')
      response
        .writeHead(Number(count), { 'x-upstream': 'yes', 'content-type': 'text/plain' })
        .end(`status ${count}\n`)
    else if (word === 'large') pour(response, Number(count))
    else if (word === 'endless') pour(response, Infinity)
    else if (word === 'watch') {
      response.writeHead(200, { 'content-type': 'application/json' })
      const timer = setInterval(() => response.write('{"type":"ADDED"}\n'), 50)
      response.on('close', () => clearInterval(timer))
    } else if (word === 'broken') {
      response.writeHead(200, { 'content-length': 1000 })
      response.write('the beginning')
      setTimeout(() => response.destroy(), 50)
    } else if (word === 'cookies') {
      response.setHeader('set-cookie', ['app=1; Path=/', 'rampart-session-1=evil; Path=/'])
      response.setHeader('access-control-allow-origin', '*')
      response.end('cookies\n')
    } else if (word === 'slow') setTimeout(() => response.end('slow\n'), 2000)
    else {
      const text = JSON.stringify({ method: request.method, url, headers: request.headers, bytes })
      response.writeHead(200, { 'content-type': 'application/json', 'x-twice': ['a', 'b'] })
      response.end(request.method === 'HEAD' ? undefined : text)
    }
  }
  const pour = (response: http.ServerResponse, total: number): void => {
    response.writeHead(200, { 'content-type': 'application/octet-stream' })
    let left = total
    const more = (): void => {
      while (left > 0 && !response.destroyed) {
        const part = Math.min(left, 65_536)
        left -= part
        written += part
        if (!response.write(Buffer.alloc(part, 120))) return void response.once('drain', more)
      }
      response.end()
    }
    more()
  }
  const server =
    files === undefined
      ? http.createServer(listener)
      : https.createServer(
          { cert: readFileSync(files.serverCert), key: readFileSync(files.serverKey) },
          listener,
        )
  server.on('connection', (socket: Duplex) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
  })
  server.on('upgrade', (request: http.IncomingMessage, socket: Duplex) => {
    seen.push({ method: request.method ?? '', url: request.url ?? '', headers: request.headers, bytes: 0 })
    socket.on('error', () => undefined)
    if (request.url?.includes('/refuse') === true) {
      return void socket.end('HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\nConnection: close\r\n\r\nno!\n')
    }
    const key = request.headers['sec-websocket-key'] ?? ''
    const accept = createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: ${request.headers.upgrade ?? ''}\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    )
    socket.pipe(socket)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `${files === undefined ? 'http' : 'https'}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    written: () => written,
    open: () => open,
    async stop() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
