import { createServer as createHttp2 } from 'node:http2'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { LocalServers } from '../../test/kit/local-servers.js'
import { issueCertificate, type Issued } from '../pki/index.js'
import { get, type GetAsk } from './http-get.js'
import { pace } from './pace.js'
import type { Session } from './session.js'

const servers = new LocalServers()
afterEach(() => servers.close())

let authority: Issued
let server: Issued
let client: Issued
beforeAll(async () => {
  authority = await issueCertificate({ commonName: 'authority', use: 'authority', minutes: 60 })
  server = await issueCertificate({
    commonName: 'server',
    use: 'server',
    minutes: 60,
    issuer: authority,
    names: [{ type: 'ip', value: '127.0.0.1' }],
  })
  client = await issueCertificate({ commonName: 'client', use: 'client', minutes: 60, issuer: authority })
})

const session: Session = {
  limits: { timeoutMs: 700, maxBytes: 4096 },
  pace: pace(1000),
  credential: {},
  now: Date.now(),
}
const ask = (port: number, request: GetAsk) => get({ host: '127.0.0.1', port }, request, session)
const plain = (port: number) => ask(port, { path: '/' })
const tls = (port: number, more: GetAsk['tls'] = {}) => ask(port, { path: '/', tls: more })

describe('one GET of a server of any kind', () => {
  it('asks with GET, names the host, closes, and shows no credential', async () => {
    let seen = ''
    const port = await servers.tcp((socket) =>
      socket.on('data', (data) => {
        seen += data.toString()
        socket.end('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok')
      }),
    )
    expect(await ask(port, { path: '/healthz', token: 'secret' })).toMatchObject({ status: 200, body: 'ok' })
    expect(seen).toMatch(/^GET \/healthz HTTP\/1\.1\r\nHost: 127\.0\.0\.1:\d+\r\n/)
    expect(seen).toMatch(/\r\nConnection: close\r\n/)
    expect(seen).not.toMatch(/secret|Authorization/)
  })

  it('follows no redirect', async () => {
    let requests = 0
    const port = await servers.http((_, response) => {
      requests += 1
      response.writeHead(302, { Location: '/elsewhere' }).end()
    })
    expect(await plain(port)).toMatchObject({ status: 302, statusLine: 'HTTP/1.1 302 Found' })
    expect(requests).toBe(1)
  })

  it('stops reading a body that does not end', async () => {
    let written = 0
    const port = await servers.http((_, response) => {
      const more = (): void => {
        while (written < 1e9 && !response.destroyed) {
          written += 65536
          if (!response.write(Buffer.alloc(65536, 'a'))) break
        }
      }
      response.on('drain', more)
      more()
    })
    const answer = await plain(port)
    expect(answer).toMatchObject({ kind: 'http', status: 200 })
    expect(answer.kind === 'http' ? answer.body.length : 0).toBeLessThanOrEqual(4096)
    expect(written).toBeLessThan(5e7)
  })

  it('reads nothing behind the headers where only they are asked for', async () => {
    const port = await servers.tcp((socket) => {
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n')
    })
    expect(await ask(port, { path: '/', headOnly: true })).toMatchObject({ status: 200, body: '' })
  })

  it('takes a status line for an answer, even when its rest never comes', async () => {
    const port = await servers.tcp((socket) => socket.write('HTTP/1.1 401 Unauthorized\r\nA: b'))
    expect(await plain(port)).toMatchObject({ kind: 'http', status: 401 })
  })

  it('ends with a server that drips one byte after another', async () => {
    const port = await servers.tcp((socket) => {
      const timer = setInterval(() => socket.write('H'), 50)
      socket.on('close', () => clearInterval(timer))
    })
    expect(await plain(port)).toMatchObject({ kind: 'not-http' })
  })

  it.each([
    ['says nothing', () => undefined, 'timeout'],
    ['hangs up', (socket: { destroy(): void }) => socket.destroy(), 'closed'],
    ['ends at once', (socket: { end(): void }) => socket.end(), 'closed'],
    ['resets', (socket: { resetAndDestroy(): void }) => socket.resetAndDestroy(), 'closed'],
    ['greets as SSH', (socket: { write(text: string): void }) => socket.write('SSH-2.0-x\r\n'), 'not-http'],
    [
      'sends noise',
      (socket: { write(data: Buffer): void }) => socket.write(Buffer.alloc(50, 0xff)),
      'not-http',
    ],
  ] as const)('plain HTTP, a server that %s', async (_name, behave, kind) => {
    const port = await servers.tcp(behave)
    expect(await plain(port)).toMatchObject({ kind })
  })

  it.each([
    ['says nothing', () => undefined, 'timeout'],
    ['hangs up', (socket: { destroy(): void }) => socket.destroy(), 'closed'],
    ['resets', (socket: { resetAndDestroy(): void }) => socket.resetAndDestroy(), 'closed'],
    [
      'answers HTTP',
      (socket: { end(text: string): void }) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
      'not-tls',
    ],
    ['greets as SSH', (socket: { write(text: string): void }) => socket.write('SSH-2.0-x\r\n'), 'not-tls'],
    [
      'sends an alert',
      (socket: { end(data: Buffer): void }) => socket.end(Buffer.from([21, 3, 3, 0, 2, 2, 40])),
      'tls-refused',
    ],
  ] as const)('TLS, a server that %s', async (_name, behave, kind) => {
    const port = await servers.tcp(behave)
    expect(await tls(port)).toMatchObject({ kind })
  })

  it('tells a port on which nothing listens, and a name that is none', async () => {
    expect(await plain(await servers.unused())).toMatchObject({ kind: 'nothing-listens' })
    expect(await get({ host: 'no-such-host.invalid', port: 1 }, { path: '/' }, session)).toMatchObject({
      kind: expect.stringMatching(/unreachable|timeout/),
    })
  })

  it('tells HTTP/2 alone from garbage', async () => {
    const http2 = createHttp2()
    await new Promise<void>((resolve) => http2.listen(0, '127.0.0.1', resolve))
    const { port } = http2.address() as { port: number }
    expect(await plain(port)).toMatchObject({ kind: 'not-http', detail: expect.stringContaining('HTTP/2') })
    await new Promise((resolve) => http2.close(resolve))
  })

  it.each(['TLSv1.2', 'TLSv1.3'] as const)('a client certificate is needed, over %s', async (version) => {
    const port = await servers.https(
      { ...server, ca: authority.cert, requestCert: true, rejectUnauthorized: true },
      (_, response) => response.end('in'),
    )
    const stranger = await issueCertificate({ commonName: 'stranger', use: 'client', minutes: 5 })
    expect(await tls(port, { version })).toMatchObject({ kind: 'tls-refused' })
    expect(await tls(port, { version, identity: stranger })).toMatchObject({ kind: 'tls-refused' })
    expect(await tls(port, { version, identity: server })).toMatchObject({ kind: 'tls-refused' })
    expect(await tls(port, { version, identity: client })).toMatchObject({ status: 200, body: 'in' })
  })

  it('sends a token to a server that is proven, to no other', async () => {
    const tokens: (string | undefined)[] = []
    const port = await servers.https(server, (request, response) => {
      tokens.push(request.headers.authorization)
      response.end()
    })
    await ask(port, { path: '/', token: 't0ken', tls: { ca: authority.cert } })
    const other = await issueCertificate({ commonName: 'other', use: 'authority', minutes: 5 })
    const refused = await ask(port, { path: '/', token: 't0ken', tls: { ca: other.cert } })
    const misnamed = await ask(port, {
      path: '/',
      token: 't0ken',
      tls: { ca: authority.cert, serverName: 'node-1' },
    })
    await ask(port, { path: '/', token: 't0ken', tls: {} })
    expect([refused.kind, misnamed.kind]).toEqual(['untrusted', 'untrusted'])
    expect(tokens).toEqual(['Bearer t0ken', undefined])
  })

  it('says that a key does not fit, and asks nobody', async () => {
    const port = await servers.tcp(() => undefined)
    expect(await tls(port, { identity: { cert: client.cert, key: server.key } })).toMatchObject({
      kind: 'local',
    })
  })
})

describe('pace', () => {
  it('spaces requests evenly', async () => {
    const wait = pace(50)
    const start = Date.now()
    for (let i = 0; i < 6; i += 1) await wait()
    expect(Date.now() - start).toBeGreaterThanOrEqual(90)
  })
})
