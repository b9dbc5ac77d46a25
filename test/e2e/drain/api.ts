import { readFileSync } from 'node:fs'
import https from 'node:https'
import type { JsonObject } from '../../../src/model/index.js'
import type { TestCluster } from '../../cluster/start-cluster.js'

/** How the administrator talks to the API server. */
export interface Admin {
  readonly server: URL
  readonly agent: https.Agent
}

export function adminOf(cluster: Pick<TestCluster, 'server' | 'ca' | 'admin'>): Admin {
  const agent = new https.Agent({
    keepAlive: true,
    maxSockets: 32,
    ca: readFileSync(cluster.ca.cert),
    cert: readFileSync(cluster.admin.cert),
    key: readFileSync(cluster.admin.key),
  })
  return { server: new URL(cluster.server), agent }
}

export interface Reply {
  readonly status: number
  readonly body: JsonObject
}

/** One request of the administrator; answers of every status are given back. */
export function call(
  { server, agent }: Admin,
  method: string,
  path: string,
  body?: JsonObject,
  type = 'application/json',
): Promise<Reply> {
  const text = body === undefined ? '' : JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const request = https.request(
      new URL(path, server),
      { method, agent, headers: { 'content-type': type, 'content-length': Buffer.byteLength(text) } },
      (response) => {
        let answer = ''
        response.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk))
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            body: answer === '' ? {} : (JSON.parse(answer) as JsonObject),
          }),
        )
        response.on('error', reject)
      },
    )
    request.on('error', reject)
    request.end(text)
  })
}

/** The same for what must succeed. */
export async function must(
  admin: Admin,
  method: string,
  path: string,
  body?: JsonObject,
  type?: string,
): Promise<JsonObject> {
  const reply = await call(admin, method, path, body, type)
  if (reply.status > 299)
    throw new Error(`${method} ${path}: ${reply.status} ${JSON.stringify(reply.body.message)}`)
  return reply.body
}

export const MERGE = 'application/merge-patch+json'
