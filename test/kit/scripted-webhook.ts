import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import https from 'node:https'
import type { AddressInfo } from 'node:net'
import type { CertificateFiles } from './certificates.js'

/** What a webhook was sent. */
export interface ReceivedReview {
  readonly body: string
  readonly request: IncomingMessage
}

/** Answers the question that came as the `number`th, from 0. */
export type WebhookScript = (response: ServerResponse, number: number, received: ReceivedReview) => void

/** An HTTPS server on loopback that answers as it is told and keeps what it was sent. */
export interface ScriptedWebhook {
  readonly url: string
  readonly received: readonly ReceivedReview[]
  script: WebhookScript
  stop(): void
}

/** Starts a webhook; client certificates are asked for and checked, and nobody is turned away for want of one. */
export async function startWebhook(
  { ca, serverCert, serverKey }: CertificateFiles,
  script: WebhookScript,
): Promise<ScriptedWebhook> {
  const received: ReceivedReview[] = []
  const [cert, key, authority] = [serverCert, serverKey, ca].map((file) => readFileSync(file))
  const options = { cert, key, ca: authority, requestCert: true, rejectUnauthorized: false }
  const server = https.createServer(options, (request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const review = { body: Buffer.concat(chunks).toString('utf8'), request }
      received.push(review)
      webhook.script(response, received.length - 1, review)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const webhook: ScriptedWebhook = {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}/authorize`,
    received,
    script,
    stop: () => {
      server.closeAllConnections()
      server.close()
    },
  }
  return webhook
}

/** Answers every question with a code and a text. */
export function always(status: number, body: string, headers: Record<string, string> = {}): WebhookScript {
  return (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers })
    response.end(body)
  }
}

/** A review with a status. */
export function reviewed(status: object, version = 'v1'): string {
  return JSON.stringify({
    apiVersion: `authorization.k8s.io/${version}`,
    kind: 'SubjectAccessReview',
    status,
  })
}
