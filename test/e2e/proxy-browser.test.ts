import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createClient, type ApiClient } from '../../src/client/index.js'
import { Session, startProxy, type RunningProxy } from '../../src/proxy/index.js'
import { startEchoUpstream, type EchoUpstream } from '../kit/echo-upstream.js'
import { Browser, findBrowser } from './browser.js'

const executable = findBrowser()
if (executable === undefined) {
  console.warn('proxy-browser.test.ts is skipped: no chromium here (set CHROMIUM to name one)')
}

describe.skipIf(executable === undefined)('the safe proxy in a browser', () => {
  let upstream: EchoUpstream
  let client: ApiClient
  let proxy: RunningProxy
  let other: http.Server
  let browser: Browser
  const session = new Session()

  beforeAll(async () => {
    upstream = await startEchoUpstream()
    client = await createClient(
      {
        server: upstream.url,
        insecureSkipTlsVerify: false,
        disableCompression: true,
        context: 'test',
        namespace: 'default',
        inCluster: false,
      },
      { userAgent: 'test' },
    )
    proxy = await startProxy({
      transport: client.transport,
      policy: (port) => {
        session.nameCookie(port)
        return {
          prefixes: { api: '/' },
          safe: {
            rules: { methods: new Set(['GET', 'HEAD']), allow: new Set() },
            session,
            acceptHost: (host) => host === `127.0.0.1:${port}`,
            entryPath: '/',
          },
        }
      },
      listen: { host: '127.0.0.1', port: 0 },
      setUmask: (mask) => process.umask(mask),
      appendServerPath: true,
      idle: 0,
      longest: 0,
      keepAlive: 0,
      log: () => undefined,
    })
    other = http.createServer((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' }).end('<p>another site</p>')
    })
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    browser = await Browser.start(executable!)
  }, 60_000)

  afterAll(async () => {
    await browser.close()
    await proxy.stop()
    client.close()
    await upstream.stop()
    await new Promise((resolve) => other.close(resolve))
  })

  const own = (target: string): string => `http://127.0.0.1:${proxy.port}${target}`
  const text = (): Promise<string> => browser.evaluate('document.body.innerText')

  it('lets nobody in without a session', async () => {
    await browser.open(own('/version'))
    expect(await text()).toContain('Unauthorized')
  })

  it('takes the printed address, keeps a cookie that pages do not see, and shows a clean address', async () => {
    const entry = own(`/${session.entry!}`)
    await browser.open(entry)
    expect(await browser.evaluate('location.href')).toBe(own('/'))
    expect(await browser.evaluate('document.cookie')).toBe('')
    expect(JSON.parse(await text())).toMatchObject({ method: 'GET', url: '/' })
    const { cookies } = (await browser.send('Network.getCookies', { urls: [own('/')] })) as {
      cookies: { name: string; httpOnly: boolean; sameSite: string }[]
    }
    expect(cookies).toMatchObject([
      { name: `rampart-session-${proxy.port}`, httpOnly: true, sameSite: 'Strict' },
    ])
    // The server behind never sees it, and the address does not work again elsewhere.
    expect(upstream.seen.at(-1)!.headers.cookie).toBeUndefined()
    expect((await fetch(entry)).status).toBe(401)
  })

  it('serves pages of its own, and keeps Secrets back even from them', async () => {
    await browser.open(own('/version'))
    const status = (target: string, init = '{}') =>
      browser.evaluate<number>(`fetch(${JSON.stringify(target)}, ${init}).then((answer) => answer.status)`)
    expect(await status('/api/v1/pods')).toBe(200)
    expect(await status('/api/v1/secrets')).toBe(403)
    expect(await status('/api/v1/pods', '{ method: "DELETE" }')).toBe(405)
  })

  it('passes websockets of its own pages', async () => {
    await browser.open(own('/version'))
    const opened = await browser.evaluate(
      `new Promise((done) => { const socket = new WebSocket('ws://' + location.host + '/api/v1/pods?watch=1');
        socket.onopen = () => done('open'); socket.onerror = () => done('refused') })`,
    )
    expect(opened).toBe('open')
  })

  it('refuses what pages of another site ask for, with the cookie there or not', async () => {
    const before = upstream.seen.length
    await browser.open(`http://127.0.0.1:${(other.address() as AddressInfo).port}/`)
    const tried = await browser.evaluate<string[]>(`(async () => {
      const proxy = ${JSON.stringify(own(''))}
      const results = []
      for (const mode of ['cors', 'no-cors']) {
        const answer = await fetch(proxy + '/api/v1/pods', { mode, credentials: 'include' }).catch(() => undefined)
        results.push(answer === undefined ? 'blocked' : answer.type)
      }
      const image = new Image()
      results.push(await new Promise((done) => { image.onload = () => done('loaded'); image.onerror = () => done('blocked'); image.src = proxy + '/api/v1/nodes' }))
      const socket = new WebSocket(proxy.replace('http', 'ws') + '/api/v1/pods?watch=1')
      results.push(await new Promise((done) => { socket.onopen = () => done('open'); socket.onerror = () => done('refused') }))
      return results
    })()`)
    expect(tried).toEqual(['blocked', 'opaque', 'blocked', 'refused'])
    // What was opaque to the page was refused by us: the server heard nothing of it.
    expect(upstream.seen).toHaveLength(before)
  })

  it('refuses a name that leads here', async () => {
    const before = upstream.seen.length
    await browser.open(`http://localhost:${proxy.port}/version`)
    expect(await text()).toContain('is not one of this proxy')
    expect(upstream.seen).toHaveLength(before)
  })
})
