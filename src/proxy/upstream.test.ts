import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeCertificates, type CertificateFiles } from '../../test/kit/certificates.js'
import { LocalServers } from '../../test/kit/local-servers.js'
import { createClient, type ApiClient } from '../client/index.js'
import { kubectlFilter, KUBECTL_DEFAULTS } from './kubectl-filter.js'
import { startProxy, type RunningProxy } from './proxy-server.js'

let folder: string
let files: CertificateFiles
let servers: LocalServers
let client: ApiClient
let proxy: RunningProxy
/** The token that the server takes now, and what came to it. */
let accepted: string
let seen: string[]
const tokenFile = (): string => path.join(folder, 'token')

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'rampart-upstream-'))
  files = await makeCertificates(path.join(folder, 'pki'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(async () => {
  ;[accepted, seen] = ['old', []]
  writeFileSync(tokenFile(), 'old')
  servers = new LocalServers()
  const tls = { cert: readFileSync(files.serverCert), key: readFileSync(files.serverKey) }
  const port = await servers.https(tls, (request, response) => {
    const known = request.headers.authorization === `Bearer ${accepted}`
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      seen.push(`${request.method ?? ''} ${request.url ?? ''} ${known ? 'known' : 'unknown'}`)
      response.writeHead(known ? 200 : 401, { 'content-type': 'text/plain' })
      response.end(known ? `got ${body}` : 'who are you?')
    })
  })
  client = await createClient(
    {
      server: `https://127.0.0.1:${port}`,
      ca: { kind: 'file', path: files.ca },
      insecureSkipTlsVerify: false,
      disableCompression: true,
      tokenFile: tokenFile(),
      context: 'test',
      namespace: 'default',
      inCluster: false,
    },
    { userAgent: 'rampart-test' },
  )
  proxy = await startProxy({
    transport: client.transport,
    policy: () => ({ prefixes: { api: '/' }, filter: kubectlFilter(KUBECTL_DEFAULTS) }),
    listen: { host: '127.0.0.1', port: 0 },
    setUmask: (mask) => process.umask(mask),
    appendServerPath: true,
    idle: 0,
    longest: 0,
    keepAlive: 0,
    log: () => undefined,
  })
})
afterEach(async () => {
  await proxy.stop()
  client.close()
  await servers.close()
})

async function ask(target: string, init: RequestInit = {}): Promise<[number, string]> {
  const answer = await fetch(`http://127.0.0.1:${proxy.port}${target}`, init)
  return [answer.status, await answer.text()]
}

/** From now on the server takes another token, which the file holds. */
function renew(): void {
  accepted = 'new'
  writeFileSync(tokenFile(), 'new')
}

describe('a credential that the server does not take any more', () => {
  it('is renewed, and the question asked again', async () => {
    expect(await ask('/api/v1/pods')).toEqual([200, 'got '])
    renew()
    seen = []
    expect(await ask('/api/v1/pods')).toEqual([200, 'got '])
    expect(seen.at(0)).toBe('GET /api/v1/pods unknown')
    expect(seen.at(-1)).toBe('GET /api/v1/pods known')
    seen = []
    expect(await ask('/api/v1/nodes')).toEqual([200, 'got '])
    expect(seen).toEqual(['GET /api/v1/nodes known'])
  })

  it('is renewed for the next one where there was a body: it has gone, and is not sent twice', async () => {
    expect((await ask('/api'))[0]).toBe(200)
    renew()
    seen = []
    const post = { method: 'POST', body: 'once' }
    expect(await ask('/api/v1/namespaces/x/pods', post)).toEqual([401, 'who are you?'])
    expect(seen.filter((line) => line.startsWith('POST'))).toEqual(['POST /api/v1/namespaces/x/pods unknown'])
    expect(await ask('/api/v1/namespaces/x/pods', post)).toEqual([200, 'got once'])
  })

  it('is told as the server tells it where there is no other', async () => {
    accepted = 'elsewhere'
    expect(await ask('/api/v1/pods')).toEqual([401, 'who are you?'])
    expect(seen.filter((line) => line.includes('/api/v1/pods'))).toHaveLength(1)
  })

  it('is left alone where the question brings its own', async () => {
    accepted = 'elsewhere'
    const own = { headers: { authorization: 'Bearer mine' } }
    expect(await ask('/api/v1/pods', own)).toEqual([401, 'who are you?'])
    expect(seen).toEqual(['GET /api/v1/pods unknown'])
  })
})
