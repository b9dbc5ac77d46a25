import { readFileSync } from 'node:fs'
import http from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import type { ClientConfig } from '../../src/kubeconfig/index.js'
import type { CertificateFiles } from './certificates.js'

/** One request as the server saw it. */
export interface Seen {
  readonly method: string
  readonly path: string
  readonly query: URLSearchParams
  readonly headers: http.IncomingHttpHeaders
  readonly body: string
}

/** Answers one request, well or badly. */
export type Answer = (seen: Seen, response: http.ServerResponse) => void

/** A server on loopback that answers as a test says. */
export interface TestServer {
  readonly url: string
  readonly seen: Seen[]
  /** Ends every connection and the server. */
  stop(): Promise<void>
}

/** Starts a server; without certificates it speaks plain HTTP. */
export async function startServer(answer: Answer, files?: CertificateFiles): Promise<TestServer> {
  const seen: Seen[] = []
  const listener: http.RequestListener = (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const url = new URL(request.url ?? '/', 'http://x')
      const one: Seen = {
        method: request.method ?? '',
        path: url.pathname,
        query: url.searchParams,
        headers: request.headers,
        body: Buffer.concat(chunks).toString('utf8'),
      }
      seen.push(one)
      answer(one, response)
    })
  }
  const server =
    files === undefined
      ? http.createServer(listener)
      : https.createServer(
          {
            cert: readFileSync(files.serverCert),
            key: readFileSync(files.serverKey),
            ca: readFileSync(files.ca),
            requestCert: true,
            rejectUnauthorized: false,
          },
          listener,
        )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `${files === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    seen,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** Sends JSON. */
export function json(
  response: http.ServerResponse,
  status: number,
  value: unknown,
  headers: http.OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(value))
}

/** Sends a Status as the API server does. */
export function status(
  response: http.ServerResponse,
  code: number,
  reason: string,
  message: string,
  more: object = {},
): void {
  json(response, code, {
    kind: 'Status',
    apiVersion: 'v1',
    status: 'Failure',
    message,
    reason,
    code,
    ...more,
  })
}

/** A configuration for a server, with what a test adds. */
export function configFor(
  server: string,
  files?: CertificateFiles,
  more: Partial<ClientConfig> = {},
): ClientConfig {
  return {
    server,
    ...(files === undefined ? {} : { ca: { kind: 'file', path: files.ca } }),
    insecureSkipTlsVerify: false,
    disableCompression: false,
    context: 'test',
    namespace: 'default',
    inCluster: false,
    ...more,
  }
}
