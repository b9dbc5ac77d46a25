import http from 'node:http'
import https from 'node:https'
import type { SendResult, SendReview } from '../access/index.js'
import type { WebhookConnection } from './webhook-kubeconfig.js'

/** An answer beyond this is none that anybody means. */
const LARGEST = 3 * 1024 * 1024
const RESET = new Set(['ECONNRESET', 'EPIPE'])
/** Statuses that another try may mend. Source: apiserver pkg/util/webhook/webhook.go, DefaultShouldRetry. */
const RETRIED = new Set([429, 500, 504])

/** Posts reviews to a webhook, over connections that are kept. Redirects are not followed: nobody named where they lead. */
export function createSendReview(connection: WebhookConnection, timeout: number): SendReview {
  const { url, ca, cert, key, serverName, insecure } = connection
  const secure = url.protocol === 'https:'
  const agent = secure
    ? new https.Agent({
        keepAlive: true,
        rejectUnauthorized: !insecure,
        ...(ca === undefined ? {} : { ca }),
        ...(cert === undefined ? {} : { cert }),
        ...(key === undefined ? {} : { key }),
        ...(serverName === undefined ? {} : { servername: serverName }),
      })
    : new http.Agent({ keepAlive: true })
  return (body) =>
    new Promise((resolve) => {
      const request = (secure ? https : http).request(
        url,
        { method: 'POST', agent, timeout, headers: headersOf(connection, body, secure) },
        (response) => collect(response, resolve),
      )
      const deadline = setTimeout(() => request.destroy(new Error(`no answer within ${timeout} ms`)), timeout)
      request.on('close', () => clearTimeout(deadline))
      request.on('error', (error: NodeJS.ErrnoException) => resolve(failure(error)))
      request.end(body)
    })
}

function headersOf(
  { token, basic }: WebhookConnection,
  body: string,
  secure: boolean,
): Record<string, string> {
  const headers: Record<string, string> = {
    accept: 'application/json, */*',
    'content-type': 'application/json',
    'content-length': String(Buffer.byteLength(body)),
  }
  // Source: client-go sends no credential over a connection that everybody can read.
  if (!secure) return headers
  if (token !== undefined) headers.authorization = `Bearer ${token()}`
  else if (basic !== undefined) headers.authorization = `Basic ${Buffer.from(basic).toString('base64')}`
  return headers
}

function failure(error: NodeJS.ErrnoException): SendResult {
  const code = error.code === undefined ? '' : ` (${error.code})`
  return {
    kind: 'failure',
    message: `the webhook could not be asked: ${error.message}${code}`,
    retry: RESET.has(error.code ?? ''),
  }
}

function collect(response: http.IncomingMessage, resolve: (result: SendResult) => void): void {
  const chunks: Buffer[] = []
  let size = 0
  response.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size <= LARGEST) chunks.push(chunk)
    else response.destroy(new Error(`the answer is larger than ${LARGEST} bytes`))
  })
  response.on('error', (error) => resolve(failure(error)))
  response.on('end', () => {
    const status = response.statusCode ?? 0
    if (status >= 200 && status < 300)
      resolve({ kind: 'answer', body: Buffer.concat(chunks).toString('utf8') })
    else {
      const { location } = response.headers
      const where = location === undefined ? '' : ` to ${location}, where nobody is asked`
      const retry = RETRIED.has(status) || response.headers['retry-after'] !== undefined
      resolve({ kind: 'failure', message: `the webhook answered with HTTP status ${status}${where}`, retry })
    }
  })
}
