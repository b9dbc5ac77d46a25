import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import http from 'node:http'
import net from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { makeCertificates, type CertificateFiles } from '../../test/kit/certificates.js'
import { startEchoUpstream, type EchoUpstream } from '../../test/kit/echo-upstream.js'
import { createClient, type ApiClient } from '../client/index.js'
import type { ClientConfig } from '../kubeconfig/index.js'
import type { Policy } from './decide.js'
import { kubectlFilter, KUBECTL_DEFAULTS } from './kubectl-filter.js'
import { startProxy, type LogEntry, type ProxyOptions, type RunningProxy } from './proxy-server.js'
import { Session } from './session.js'

let folder: string
let files: CertificateFiles
let upstream: EchoUpstream
let client: ApiClient
let proxies: RunningProxy[]
let log: LogEntry[]

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'rampart-proxy-'))
  files = await makeCertificates(path.join(folder, 'pki'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeEach(async () => {
  proxies = []
  log = []
  upstream = await startEchoUpstream(files)
  client = await clientOf({})
})
afterEach(async () => {
  await Promise.all(proxies.map((proxy) => proxy.stop()))
  client.close()
  await upstream.stop()
})

function clientOf(config: Partial<ClientConfig>): Promise<ApiClient> {
  return createClient(
    {
      server: upstream.url,
      ca: { kind: 'file', path: files.ca },
      insecureSkipTlsVerify: false,
      disableCompression: true,
      token: 'the-users-token',
      context: 'test',
      namespace: 'default',
      inCluster: false,
      ...config,
    },
    { userAgent: 'rampart-test' },
  )
}

async function proxyWith(
  policy: ProxyOptions['policy'],
  options: Partial<ProxyOptions> = {},
): Promise<RunningProxy> {
  const proxy = await startProxy({
    transport: client.transport,
    policy,
    listen: { host: '127.0.0.1', port: 0 },
    setUmask: (mask) => process.umask(mask),
    appendServerPath: true,
    idle: 0,
    longest: 0,
    keepAlive: 0,
    log: (entry) => log.push(entry),
    ...options,
  })
  proxies.push(proxy)
  return proxy
}

const asKubectl = (): Policy => ({ prefixes: { api: '/' }, filter: kubectlFilter(KUBECTL_DEFAULTS) })
const safely =
  (session: Session, more: Partial<NonNullable<Policy['safe']>['rules']> = {}, entryPath = '/') =>
  (port: number): Policy => {
    session.nameCookie(port)
    return {
      prefixes: { api: '/' },
      safe: {
        rules: { methods: new Set(['GET', 'HEAD']), allow: new Set(), ...more },
        session,
        acceptHost: (host) => host === `127.0.0.1:${port}`,
        entryPath,
      },
    }
  }

interface Answer {
  readonly status: number
  readonly headers: http.IncomingHttpHeaders
  readonly text: string
}

function ask(
  proxy: RunningProxy,
  target: string,
  options: http.RequestOptions & { body?: string | Buffer } = {},
): Promise<Answer> {
  const where = proxy.port === 0 ? { socketPath: proxy.address } : { host: '127.0.0.1', port: proxy.port }
  return new Promise((resolve, reject) => {
    const request = http.request({ ...where, path: target, agent: false, ...options }, (response) => {
      let text = ''
      response.on('data', (chunk: Buffer) => (text += chunk.toString()))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
      response.on('error', reject)
    })
    request.on('error', reject)
    request.end(options.body)
  })
}

const upgradeHeaders = (proxy: RunningProxy) => ({
  host: `127.0.0.1:${proxy.port}`,
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  'sec-websocket-version': '13',
})

/** Asks for an upgrade, sends a word, and gives all that comes until it is echoed or the connection ends. */
function upgraded(
  proxy: RunningProxy,
  target: string,
  headers: Record<string, string>,
  word = 'ping',
): Promise<string> {
  return new Promise((resolve) => {
    const socket = net.connect({ host: '127.0.0.1', port: proxy.port })
    let text = ''
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
    socket.write(`GET ${target} HTTP/1.1\r\n${lines.join('')}\r\n${word}`)
    socket.on('data', (chunk) => {
      text += chunk.toString()
      if (text.endsWith(word)) socket.destroy()
    })
    socket.on('error', () => undefined)
    socket.on('close', () => resolve(text))
  })
}

describe('a proxy as kubectl', () => {
  it('passes requests on with the credentials of the user, and answers back', async () => {
    const proxy = await proxyWith(asKubectl)
    const answer = await ask(proxy, '/api/v1/pods?limit=1&x=%2F', {
      headers: { 'x-mine': ['1', '2'], connection: 'close, x-hop', 'x-hop': 'gone', 'user-agent': 'me' },
    })
    expect(answer.status).toBe(200)
    expect(answer.headers['x-twice']).toBe('a, b')
    const seen = JSON.parse(answer.text) as { url: string; headers: Record<string, string> }
    expect(seen.url).toBe('/api/v1/pods?limit=1&x=%2F')
    expect(seen.headers).toMatchObject({
      authorization: 'Bearer the-users-token',
      'user-agent': 'me',
      'x-mine': '1, 2',
      'x-forwarded-for': '127.0.0.1',
      host: new URL(upstream.url).host,
    })
    expect(seen.headers['x-hop']).toBeUndefined()
  })

  it("keeps a client's own credential and impersonation", async () => {
    client.close()
    client = await clientOf({ impersonate: { user: 'configured', uid: '', groups: ['g'], extra: new Map() } })
    const proxy = await proxyWith(asKubectl)
    const headersOf = async (headers: Record<string, string>) =>
      (JSON.parse((await ask(proxy, '/x', { headers })).text) as { headers: Record<string, string> }).headers
    expect(await headersOf({})).toMatchObject({ 'impersonate-user': 'configured', 'impersonate-group': 'g' })
    const own = await headersOf({ authorization: 'Bearer mine', 'impersonate-user': 'mine' })
    expect(own).toMatchObject({ authorization: 'Bearer mine', 'impersonate-user': 'mine' })
    expect(own['impersonate-group']).toBeUndefined()
  })

  it.each([
    ['/api/v1/namespaces/a/pods/b/exec', {}, 403, 'Forbidden\n'],
    ['/api', { headers: { host: 'evil.example' } }, 403, 'Forbidden\n'],
    ['/status/404', {}, 404, 'status 404\n'],
    ['//api', {}, 307, '<a href="/api">Temporary Redirect</a>.\n\n'],
    ['/%zz', {}, 400, '400 Bad Request'],
  ])('answers %s', async (target, options, status, text) => {
    const answer = await ask(await proxyWith(asKubectl), target, options)
    expect([answer.status, answer.text]).toEqual([status, text])
  })

  it('passes websockets and refusals of them on', async () => {
    const proxy = await proxyWith(asKubectl)
    expect(await upgraded(proxy, '/api/v1/pods?watch=1', upgradeHeaders(proxy))).toMatch(
      /^HTTP\/1\.1 101 [^]*\r\n\r\nping$/,
    )
    expect(await upgraded(proxy, '/refuse', upgradeHeaders(proxy))).toMatch(
      /^HTTP\/1\.1 403 Forbidden[^]*\r\n\r\nno!\n$/,
    )
    expect(upstream.seen[0]!.headers.authorization).toBe('Bearer the-users-token')
  })

  it('puts the path of the server before each path when it is asked to', async () => {
    client.close()
    client = await clientOf({ server: `${upstream.url}/k8s/c-1/` })
    const urlOf = async (appendServerPath: boolean) => {
      const proxy = await proxyWith(asKubectl, { appendServerPath })
      return (JSON.parse((await ask(proxy, '/api')).text) as { url: string }).url
    }
    expect(await urlOf(true)).toBe('/k8s/c-1/api')
    expect(await urlOf(false)).toBe('/api')
  })
})

describe('what flows through a proxy', () => {
  it('is a large body both ways', async () => {
    const proxy = await proxyWith(asKubectl)
    const body = Buffer.alloc(30_000_000, 97)
    expect(JSON.parse((await ask(proxy, '/upload', { method: 'POST', body })).text)).toMatchObject({
      bytes: body.length,
    })
    expect((await ask(proxy, '/large/30000000')).text).toHaveLength(30_000_000)
  })

  it('is never held: a client that does not read stops the server', async () => {
    const proxy = await proxyWith(asKubectl)
    const socket = net.connect({ host: '127.0.0.1', port: proxy.port })
    socket.pause().write('GET /endless HTTP/1.1\r\nHost: localhost\r\n\r\n')
    await expect
      .poll(
        async () => {
          const before = upstream.written()
          await sleep(200)
          return upstream.written() > 0 && upstream.written() === before
        },
        { timeout: 10_000 },
      )
      .toBe(true)
    expect(upstream.written()).toBeLessThan(60_000_000)
    socket.destroy()
    await expect.poll(() => upstream.open()).toBe(0)
    await expect.poll(() => log.at(-1)).toMatchObject({ path: '/endless', why: 'the client went away' })
  })

  it('is a watch as it happens, which ends at the server when the client goes away', async () => {
    const proxy = await proxyWith(asKubectl)
    const begin = performance.now()
    await new Promise<void>((resolve, reject) => {
      http
        .get({ host: '127.0.0.1', port: proxy.port, path: '/api/v1/watch', agent: false }, (response) => {
          response.once('data', () => {
            response.destroy()
            resolve()
          })
          response.on('error', () => undefined)
        })
        .on('error', reject)
    })
    expect(performance.now() - begin).toBeLessThan(3000)
    await expect.poll(() => upstream.open()).toBe(0)
  })

  it('is given up when the client goes away before the answer', async () => {
    const proxy = await proxyWith(asKubectl)
    const request = http.get({ host: '127.0.0.1', port: proxy.port, path: '/slow', agent: false })
    request.on('error', () => undefined)
    await expect.poll(() => upstream.open()).toBe(1)
    request.destroy()
    await expect.poll(() => upstream.open()).toBe(0)
    await expect.poll(() => log.at(-1)?.status).toBe(499)
  })

  it('is cut where the server breaks off, so that nobody takes it for the whole', async () => {
    const proxy = await proxyWith(asKubectl)
    await expect(ask(proxy, '/broken')).rejects.toThrow(/aborted|hang up/)
    await expect.poll(() => log.at(-1)?.why).toBe('the server broke its answer off')
  })

  it('is a clear message when the server is gone', async () => {
    const proxy = await proxyWith(asKubectl)
    const { url } = upstream
    await upstream.stop()
    const answer = await ask(proxy, '/api')
    expect([answer.status, answer.text]).toEqual([
      500,
      `${url}: nothing listens there (connection refused)\n`,
    ])
    expect(await upgraded(proxy, '/api', upgradeHeaders(proxy))).toMatch(
      /500 Internal Server Error[^]*nothing listens there/,
    )
    upstream = await startEchoUpstream(files)
  })
})

describe('a safe proxy', () => {
  it('takes the printed address once, gives a cookie, and leads to a clean address', async () => {
    const session = new Session()
    const proxy = await proxyWith(safely(session))
    const entry = `/${session.entry!}`
    expect((await ask(proxy, '/api')).status).toBe(401)
    const first = await ask(proxy, entry)
    expect(first.status).toBe(303)
    expect(first.headers).toMatchObject({
      location: '/',
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
    })
    const [cookie = ''] = first.headers['set-cookie'] ?? []
    expect(cookie).toMatch(/; Path=\/; HttpOnly; SameSite=Strict$/)
    const pair = cookie.split(';')[0]!
    const answer = await ask(proxy, '/api', { headers: { cookie: `app=1; ${pair}` } })
    expect(answer.status).toBe(200)
    // Neither our cookie nor our header goes on to the server.
    expect((JSON.parse(answer.text) as Answer).headers).toMatchObject({ cookie: 'app=1' })
    expect((await ask(proxy, entry)).text).toContain('it works once')
    expect(log.map(({ status }) => status)).toEqual([401, 303, 200, 401])
    const secrets = [session.secret, entry.split('=')[1]!]
    for (const secret of secrets) expect(JSON.stringify(log)).not.toContain(secret)
  })

  it('takes the header of programs and does not pass it on', async () => {
    const session = new Session()
    const proxy = await proxyWith(safely(session))
    const headers = { 'Rampart-Session': session.secret, 'X-HTTP-Method-Override': 'DELETE' }
    const seen = (JSON.parse((await ask(proxy, '/version', { headers })).text) as Answer).headers
    expect(seen['rampart-session']).toBeUndefined()
    expect(seen['x-http-method-override']).toBeUndefined()
    expect(seen.authorization).toBe('Bearer the-users-token')
  })

  it('refuses what it should, before the server hears of it', async () => {
    const session = new Session()
    const proxy = await proxyWith(safely(session))
    const known = { 'rampart-session': session.secret }
    const refused: [string, http.RequestOptions, number][] = [
      ['/api/v1/secrets', { headers: known }, 403],
      ['/api/v1/watch/namespaces/a/secrets', { headers: known }, 403],
      ['/api/v1/pods', { headers: known, method: 'DELETE' }, 405],
      ['/api/v1/pods/..%2fsecrets', { headers: known }, 400],
      ['/api//v1/pods', { headers: known }, 400],
      ['/api', { headers: { ...known, host: 'evil.example' } }, 403],
      ['/api', { headers: { ...known, host: `localhost:${proxy.port}` } }, 403],
      ['/api', { headers: { ...known, origin: 'https://evil.example' } }, 403],
      ['/api', { headers: { ...known, 'sec-fetch-site': 'cross-site' } }, 403],
      ['http://127.0.0.1/api', { headers: known }, 403],
      ['/api', { headers: { 'rampart-session': 'wrong' } }, 401],
    ]
    for (const [target, options, status] of refused)
      expect([target, (await ask(proxy, target, options)).status]).toEqual([target, status])
    expect(upstream.seen).toEqual([])
  })

  it('judges upgrades by the same rules', async () => {
    const session = new Session()
    const proxy = await proxyWith(safely(session))
    const known = { ...upgradeHeaders(proxy), 'rampart-session': session.secret }
    expect(await upgraded(proxy, '/api/v1/pods?watch=1', upgradeHeaders(proxy))).toMatch(/^HTTP\/1\.1 401/)
    expect(await upgraded(proxy, '/api/v1/pods?watch=1', known)).toMatch(/^HTTP\/1\.1 101/)
    expect(await upgraded(proxy, '/api/v1/namespaces/a/pods/b/exec', known)).toMatch(/^HTTP\/1\.1 403/)
    expect(await upgraded(proxy, '/api/v1/pods', { ...known, origin: 'https://evil.example' })).toMatch(
      /^HTTP\/1\.1 403/,
    )
  })

  it('lets no server set its cookie, nor open it to other sites', async () => {
    const session = new Session()
    const proxy = await proxyWith(safely(session))
    const answer = await ask(proxy, '/cookies', { headers: { 'rampart-session': session.secret } })
    expect(answer.headers['set-cookie']).toEqual(['app=1; Path=/'])
    expect(answer.headers['access-control-allow-origin']).toBeUndefined()
  })

  it('passes one service alone, also what its pages ask for from the root', async () => {
    const session = new Session()
    const only = '/api/v1/namespaces/a/services/web:80/proxy'
    const proxy = await proxyWith(safely(session, { only }, `${only}/`))
    expect((await ask(proxy, `/${session.entry!}`)).headers.location).toBe(`${only}/`)
    const headers = { 'rampart-session': session.secret }
    const urlOf = async (target: string) =>
      (JSON.parse((await ask(proxy, target, { headers })).text) as { url: string }).url
    expect(await urlOf(`${only}/page?x=1`)).toBe(`${only}/page?x=1`)
    expect(await urlOf('/assets/app.js')).toBe(`${only}/assets/app.js`)
    // Even the path of a Secret is the service's own there.
    expect(await urlOf('/api/v1/secrets')).toBe(`${only}/api/v1/secrets`)
    expect((await ask(proxy, '/a/../../../secrets', { headers })).status).toBe(400)
  })

  it('needs no secret on a socket that only its owner can open', async () => {
    const unixSocket = path.join(folder, 'api.sock')
    const proxy = await proxyWith(
      () => ({
        prefixes: { api: '/' },
        safe: {
          rules: { methods: new Set(['GET']), allow: new Set() },
          acceptHost: () => true,
          entryPath: '/',
        },
      }),
      { listen: { unixSocket } },
    )
    expect(statSync(unixSocket).mode & 0o777).toBe(0o700)
    expect((await ask(proxy, '/version')).status).toBe(200)
    expect((await ask(proxy, '/api/v1/secrets')).status).toBe(403)
  })

  it('ends when nothing was asked for, but not while something is going on', async () => {
    const session = new Session()
    const proxy = await proxyWith(safely(session), { idle: 300 })
    const headers = { 'rampart-session': session.secret }
    const request = http.get({ host: '127.0.0.1', port: proxy.port, path: '/watch', headers, agent: false })
    request.on('error', () => undefined)
    const over = proxy.expired.then(() => 'over')
    expect(await Promise.race([over, sleep(700, 'running')])).toBe('running')
    request.destroy()
    expect(await Promise.race([proxy.expired, sleep(2000, 'running')])).toBe('nothing was asked for too long')
    const short = await proxyWith(safely(new Session()), { longest: 50 })
    expect(await short.expired).toBe('its longest life is over')
  })
})

describe('files beside the API', () => {
  const www = (): string => path.join(folder, 'www')
  beforeAll(() => {
    mkdirSync(path.join(www(), 'sub'), { recursive: true })
    if (existsSync(path.join(www(), 'a.txt'))) return
    writeFileSync(path.join(www(), 'a.txt'), '0123456789')
    writeFileSync(path.join(www(), 'a b&c.css'), 'x')
    writeFileSync(path.join(www(), 'sub', 'index.html'), '<p>')
    symlinkSync('/etc/passwd', path.join(www(), 'link'))
  })
  it.each<[string, http.RequestOptions, number, string | RegExp]>([
    ['/static/a.txt', {}, 200, '0123456789'],
    ['/static/a.txt', { method: 'HEAD' }, 200, ''],
    ['/static/a.txt', { headers: { range: 'bytes=2-4' } }, 206, '234'],
    ['/static/a.txt', { headers: { range: 'bytes=-3' } }, 206, '789'],
    ['/static/a.txt', { headers: { range: 'bytes=99-' } }, 416, 'invalid range: failed to overlap\n'],
    ['/static/a.txt', { headers: { 'if-modified-since': 'Fri, 01 Jan 2100 00:00:00 GMT' } }, 304, ''],
    ['/static/a.txt/', {}, 301, ''],
    ['/static/sub', {}, 301, ''],
    ['/static/sub/', {}, 200, '<p>'],
    ['/static/sub/index.html', {}, 301, ''],
    ['/static', {}, 307, /Temporary Redirect/],
    ['/static/none', {}, 404, '404 page not found\n'],
    ['/static/%00', {}, 404, '404 page not found\n'],
    [
      '/static/',
      {},
      200,
      /<a href="a%20b&c\.css">a b&amp;c\.css<\/a>\n<a href="a\.txt">a\.txt<\/a>\n<a href="link">link<\/a>\n<a href="sub\/">sub\/<\/a>/,
    ],
    ['/static/link', {}, 200, /root:/],
  ])('%s %j', async (target, options, status, text) => {
    const proxy = await proxyWith(() => ({ prefixes: { api: '/', static: '/static/' } }), { www: www() })
    const answer = await ask(proxy, target, options)
    expect(answer.status).toBe(status)
    if (typeof text === 'string') expect(answer.text).toBe(text)
    else expect(answer.text).toMatch(text)
  })

  it('do not lead out of their folder in the safe mode', async () => {
    const session = new Session()
    const proxy = await proxyWith(
      (port) => ({ ...safely(session)(port), prefixes: { api: '/', static: '/static/' } }),
      { www: www() },
    )
    const headers = { 'rampart-session': session.secret }
    expect((await ask(proxy, '/static/a.txt', { headers })).text).toBe('0123456789')
    expect((await ask(proxy, '/static/a.txt')).status).toBe(401)
    expect((await ask(proxy, '/static/link', { headers })).status).toBe(403)
    expect((await ask(proxy, '/static/../../etc/passwd', { headers })).status).not.toBe(200)
    expect((await ask(proxy, '/static/%2e%2e/%2e%2e/etc/passwd', { headers })).status).not.toBe(200)
  })
})
