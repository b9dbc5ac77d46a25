import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createHash } from 'node:crypto'
import type { PublishedSignature } from './sigstore-instance.js'

/** A server of the layout of dl.k8s.io, with a log and an SBOM beside it. */
export interface ReleaseServer {
  /** `http://127.0.0.1:PORT/release` */
  readonly baseUrl: string
  readonly url: string
  /** Paths that were asked for, in order. */
  readonly asked: string[]
  close(): Promise<void>
}

/** What is served: by path, with its status where it is not 200. */
export type Served = ReadonlyMap<
  string,
  string | { readonly status: number; readonly location?: string; readonly body?: string }
>

/** Starts a server on a free port of this machine. */
export async function startReleaseServer(
  served: Served,
  entries: readonly PublishedSignature['entry'][] = [],
): Promise<ReleaseServer> {
  const asked: string[] = []
  const server: Server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://server')
    asked.push(`${request.method ?? ''} ${pathname}`)
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const log = logAnswer(pathname, Buffer.concat(chunks).toString('utf8'), entries)
      const answer = log ?? served.get(pathname)
      if (answer === undefined) {
        response.writeHead(404).end('<?xml version="1.0"?><Error><Code>NoSuchKey</Code></Error>')
        return
      }
      const {
        status,
        location,
        body = '',
      } = typeof answer === 'string' ? { status: 200, body: answer } : { location: undefined, ...answer }
      response.writeHead(status, location === undefined ? {} : { location }).end(body)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    url,
    baseUrl: `${url}/release`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => resolve())
      }),
  }
}

/** Source: sigstore/rekor v1 openapi.yaml, /api/v1/index/retrieve and /api/v1/log/entries/retrieve. */
function logAnswer(
  path: string,
  body: string,
  entries: readonly PublishedSignature['entry'][],
): string | undefined {
  if (path === '/api/v1/index/retrieve') {
    const { hash } = JSON.parse(body) as { hash: string }
    const ids = entries.flatMap((entry) =>
      Object.entries(entry)
        .filter(([, { body: text }]) => `sha256:${digestIn(text)}` === hash)
        .map(([id]) => id),
    )
    return JSON.stringify(ids)
  }
  if (path === '/api/v1/log/entries/retrieve') {
    const { entryUUIDs } = JSON.parse(body) as { entryUUIDs: string[] }
    return JSON.stringify(entries.filter((entry) => Object.keys(entry).some((id) => entryUUIDs.includes(id))))
  }
  return undefined
}

function digestIn(body: string): string {
  const entry = JSON.parse(Buffer.from(body, 'base64').toString('utf8')) as {
    spec: { data: { hash: { value: string } } }
  }
  return entry.spec.data.hash.value
}

/** What dl.k8s.io publishes beside one file. */
export function publishedFile(
  path: string,
  bytes: Buffer,
  signature?: PublishedSignature,
): [string, string][] {
  const hex = (algorithm: string): string => createHash(algorithm).update(bytes).digest('hex')
  return [
    [`${path}.sha256`, hex('sha256')],
    [`${path}.sha512`, hex('sha512')],
    ...(signature === undefined
      ? []
      : ([
          [`${path}.sig`, signature.signature],
          [`${path}.cert`, Buffer.from(signature.certificate).toString('base64')],
        ] as [string, string][])),
  ]
}
