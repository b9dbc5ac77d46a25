import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import type { Admin } from './api.js'
import { bodyText } from './read-body.js'

/** A request as it came, and when. */
export interface Recorded {
  readonly method: string
  readonly path: string
  /** Sorted. */
  readonly query: string
  readonly body: string
  readonly type: string
}

export interface Hooks {
  /** Before a request is passed on. */
  before?(request: Recorded): unknown
  /** After its answer was given. */
  after?(request: Recorded, status: number): void
  /** May put another text in place of the answer's. */
  rewrite?(request: Recorded, body: string): string
}

export interface RecordingProxy {
  readonly url: string
  readonly requests: readonly Recorded[]
  close(): Promise<void>
}

/** A server on loopback that passes everything on to the API server as the administrator, or as `user`, and keeps notes. */
export async function startRecordingProxy(
  admin: Admin,
  hooks: Hooks,
  user?: string,
): Promise<RecordingProxy> {
  const requests: Recorded[] = []
  const server = http.createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const url = new URL(incoming.url ?? '/', 'http://x')
      const query = [...url.searchParams].map(([key, value]) => `${key}=${value}`).sort()
      const body = Buffer.concat(chunks)
      const type = incoming.headers['content-type'] ?? ''
      const recorded: Recorded = {
        method: incoming.method ?? '',
        path: url.pathname,
        query: query.join('&'),
        body: bodyText(body, type),
        type,
      }
      requests.push(recorded)
      void pass(recorded, incoming, body, outgoing)
    })
  })

  const pass = async (
    recorded: Recorded,
    incoming: http.IncomingMessage,
    body: Buffer,
    outgoing: http.ServerResponse,
  ): Promise<void> => {
    await hooks.before?.(recorded)
    const {
      host: _host,
      connection: _connection,
      'transfer-encoding': _encoding,
      ...headers
    } = incoming.headers
    const request = https.request(
      new URL(incoming.url ?? '/', admin.server),
      {
        method: incoming.method ?? 'GET',
        agent: admin.agent,
        headers: {
          ...headers,
          'content-length': body.length,
          ...(user === undefined
            ? {}
            : { 'impersonate-user': user, 'impersonate-group': 'system:authenticated' }),
        },
      },
      (response) => {
        const parts: Buffer[] = []
        response.on('data', (chunk: Buffer) => parts.push(chunk))
        response.on('end', () => {
          const raw = Buffer.concat(parts)
          const status = response.statusCode ?? 502
          const kept = { ...response.headers }
          let answer = raw
          if (hooks.rewrite !== undefined && /json/.test(String(kept['content-type']))) {
            const text = kept['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw
            const changed = hooks.rewrite(recorded, text.toString('utf8'))
            if (changed !== text.toString('utf8')) {
              answer = Buffer.from(changed)
              delete kept['content-encoding']
            }
          }
          delete kept['transfer-encoding']
          outgoing.writeHead(status, { ...kept, 'content-length': answer.length })
          outgoing.end(answer)
          hooks.after?.(recorded, status)
        })
      },
    )
    request.on('error', (error) => {
      outgoing.writeHead(502)
      outgoing.end(error.message)
    })
    request.end(body)
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
