import { readFileSync } from 'node:fs'
import https from 'node:https'
import type { KeyPairFiles } from '../kit/authority.js'

/** An answer to one request. */
export interface Answer {
  readonly status: number
  readonly body: string
}

export interface Connection {
  readonly server: string
  readonly ca: string
  readonly client?: KeyPairFiles
}

/** Sends one request over TLS, for set-up and tests: no retries, no waiting. Status 0 when nobody answers. */
export function ask(
  { server, ca, client }: Connection,
  path: string,
  { method = 'GET', body }: { readonly method?: string; readonly body?: unknown } = {},
): Promise<Answer> {
  const text = body === undefined ? undefined : JSON.stringify(body)
  return new Promise((resolve) => {
    const request = https.request(
      new URL(path, server),
      {
        method,
        agent: false,
        timeout: 10_000,
        ca: readFileSync(ca),
        ...(client === undefined ? {} : { cert: readFileSync(client.cert), key: readFileSync(client.key) }),
        headers: text === undefined ? {} : { 'content-type': 'application/json' },
      },
      (response) => {
        let answer = ''
        response.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk))
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body: answer }))
        response.on('error', (error) => resolve({ status: 0, body: error.message }))
      },
    )
    request.on('timeout', () => request.destroy(new Error('no answer in time')))
    request.on('error', (error) => resolve({ status: 0, body: error.message }))
    request.end(text)
  })
}
