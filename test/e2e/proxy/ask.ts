import http from 'node:http'
import net from 'node:net'
import type { Case } from './requests.js'

/** An answer without what differs from one time to the next. */
export interface Comparable {
  readonly status: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** Headers of a moment or of a connection. */
const PASSING = new Set([
  'date',
  'audit-id',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
  'last-modified',
  'sec-websocket-accept',
])

/** Asks a proxy on a local port. */
export function ask(
  port: number,
  { method = 'GET', target, headers = {}, body, upgrade }: Case,
): Promise<Comparable> {
  if (upgrade !== undefined) return askRaw(port, target)
  return new Promise((resolve, reject) => {
    const request = http.request(
      {
        host: '127.0.0.1',
        port,
        agent: false,
        method,
        path: target,
        headers: { ...headers, ...(body === undefined ? {} : { 'content-length': body.length }) },
      },
      (response) => {
        let text = ''
        response.setEncoding('utf8')
        response.on('data', (chunk: string) => (text += chunk))
        response.on('error', reject)
        response.on('end', () => {
          const kept = Object.entries(response.headers)
            .filter(([name]) => !PASSING.has(name))
            .map(([name, value]) => [name, steady(String(value))])
          resolve({
            status: steadyStatus(response.statusCode ?? 0),
            headers: Object.fromEntries(kept.sort()) as Record<string, string>,
            body: steady(text),
          })
        })
      },
    )
    request.on('error', reject)
    request.setTimeout(30_000, () => request.destroy(new Error(`${method} ${target}: no answer within 30 s`)))
    request.end(body)
  })
}

/** Asks for a websocket by hand; gives the head and what of frames comes. */
function askRaw(port: number, target: string): Promise<Comparable> {
  return new Promise((resolve) => {
    const socket = net.connect({ host: '127.0.0.1', port })
    let text = ''
    socket.write(
      `GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
        'Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    )
    socket.on('data', (chunk) => (text += chunk.toString('latin1')))
    socket.on('error', () => undefined)
    socket.setTimeout(10_000, () => socket.destroy())
    socket.on('close', () => {
      const [head = '', ...rest] = text.split('\r\n\r\n')
      const lines = head.split('\r\n')
      const headers = lines.slice(1).map((line) => line.split(': ', 2) as [string, string])
      const kept = headers
        .map(([name, value]) => [name.toLowerCase(), value])
        .filter(([name]) => !PASSING.has(name ?? ''))
      resolve({
        status: lines[0] ?? '',
        headers: Object.fromEntries(kept.sort()) as Record<string, string>,
        body: steady(rest.join('\r\n\r\n')),
      })
    })
  })
}

/** Go before 1.26 redirects to clean paths with 301, later ones with 307: which one is the Go that kubectl was built with. */
function steadyStatus(status: number): string {
  return status === 301 || status === 307 ? '301 or 307' : String(status)
}

function steady(text: string): string {
  return text
    .replace(/Moved Permanently|Temporary Redirect/g, 'Redirect')
    .replace(/"(resourceVersion|uid|time|creationTimestamp)": ?"[^"]*"/g, '"$1": "-"')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, 'TIME')
    .replace(/uid: [0-9a-f-]{36}/g, 'uid: -')
    .replace(/resourceVersion: "\d+"/g, 'resourceVersion: -')
}
