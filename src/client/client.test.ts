import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  configFor,
  json,
  startServer,
  status,
  type Answer,
  type TestServer,
} from '../../test/kit/api-server.js'
import { makeCertificates, type CertificateFiles } from '../../test/kit/certificates.js'
import type { ClientConfig } from '../kubeconfig/index.js'
import { ApiError, createClient, type ApiClient, type ClientOptions } from './index.js'

const FAST = { times: 3, first: 5, longest: 2000 }
let folder: string
let files: CertificateFiles
let servers: TestServer[] = []
let clients: ApiClient[] = []
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'rampart-client-'))
  files = await makeCertificates(folder)
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))
afterEach(async () => {
  for (const client of clients) client.close()
  for (const server of servers) await server.stop()
  servers = []
  clients = []
})

async function serve(answer: Answer): Promise<TestServer> {
  const server = await startServer(answer, files)
  servers.push(server)
  return server
}

async function clientFor(
  server: string,
  more: Partial<ClientConfig> = {},
  options: Partial<ClientOptions> = {},
): Promise<ApiClient> {
  const client = await createClient(configFor(server, files, more), {
    userAgent: 'rampart-test',
    retries: FAST,
    ...options,
  })
  clients.push(client)
  return client
}

const list = (names: readonly string[], next = '', version = '7'): object => ({
  kind: 'PodList',
  apiVersion: 'v1',
  metadata: { resourceVersion: version, ...(next === '' ? {} : { continue: next }) },
  items: names.map((name) => ({
    metadata: { name, resourceVersion: '5' },
    spec: { newField: { kept: true } },
  })),
})
const names = (items: readonly { readonly metadata?: unknown }[]): string[] =>
  items.map((item) => (item.metadata as { name: string }).name)
const failure = async (promise: Promise<unknown>): Promise<Error & { code?: string }> => {
  try {
    await promise
  } catch (error) {
    return error as Error
  }
  throw new Error('it did not fail')
}

describe('a request', () => {
  it('goes below the prefix of the server, with the credentials, and keeps unknown fields', async () => {
    const server = await serve((_seen, response) => json(response, 200, list(['a'])))
    const client = await clientFor(`${server.url}/k8s/c1/`, {
      token: 'abc',
      impersonate: {
        user: 'jané',
        uid: 'u1',
        groups: ['a', 'b'],
        extra: new Map([['acme.com/x y', ['1', '2']]]),
      },
    })
    const body = await client.getJson('/api/v1/pods', { labelSelector: 'a=b', limit: undefined })
    expect(body).toEqual(list(['a']))
    const { headers, path, query } = server.seen[0]!
    expect(path).toBe('/k8s/c1/api/v1/pods')
    expect(query.toString()).toBe('labelSelector=a%3Db')
    expect(headers.authorization).toBe('Bearer abc')
    expect(Buffer.from(headers['impersonate-user'] as string, 'latin1').toString('utf8')).toBe('jané')
    expect(headers['impersonate-group']).toBe('a, b')
    expect(headers['impersonate-uid']).toBe('u1')
    expect(headers['impersonate-extra-acme.com%2fx%20y']).toBe('1, 2')
    expect(headers['user-agent']).toBe('rampart-test')
  })

  it('shows the client certificate', async () => {
    let subject: unknown
    const server = await serve((_seen, response) => {
      subject = (
        response.socket as unknown as { getPeerCertificate(): { subject?: { CN?: string } } }
      ).getPeerCertificate().subject?.CN
      json(response, 200, {})
    })
    const client = await clientFor(server.url, {
      clientCert: { kind: 'file', path: files.clientCert },
      clientKey: { kind: 'file', path: files.clientKey },
    })
    await client.getJson('/version')
    expect(subject).toBe('client')
  })

  it('sends no credential over a connection that is not encrypted', async () => {
    const server = await startServer((_seen, response) => json(response, 200, {}))
    servers.push(server)
    const client = await clientFor(server.url, { token: 'abc', basic: { username: 'a', password: 'b' } })
    await client.getJson('/version')
    expect(server.seen[0]!.headers.authorization).toBeUndefined()
  })

  it('takes packed answers, and does not ask for them when told so', async () => {
    const server = await serve((seen, response) => {
      if (seen.headers['accept-encoding'] !== 'gzip') return json(response, 200, { packed: false })
      response.writeHead(200, { 'content-encoding': 'gzip' })
      response.end(gzipSync('{"packed":true}'))
    })
    expect(await (await clientFor(server.url)).getJson('/x')).toEqual({ packed: true })
    const plain = await clientFor(server.url, { disableCompression: true })
    expect(await plain.getJson('/x')).toEqual({ packed: false })
  })

  it('tells the warnings of the server once', async () => {
    const server = await serve((_seen, response) =>
      json(response, 200, {}, { warning: '299 - "v1 Endpoints is \\"deprecated\\""' }),
    )
    const warnings: string[] = []
    const client = await clientFor(server.url, {}, { onWarning: (text) => warnings.push(text) })
    await client.getJson('/x')
    await client.getJson('/x')
    expect(warnings).toEqual(['v1 Endpoints is "deprecated"'])
  })
})

describe('an answer that is no answer', () => {
  it.each<[string, number, object, string, RegExp]>([
    ['forbidden', 403, { reason: 'Forbidden', message: 'no' }, 'not-allowed', /403 Forbidden: no$/],
    ['unknown user', 401, { message: 'Unauthorized' }, 'not-allowed', /401 Unauthorized: Unauthorized$/],
    ['not found', 404, { reason: 'NotFound', message: 'x' }, 'unreachable', /404 NotFound: x$/],
    ['invalid', 422, { reason: 'Invalid', message: 'x' }, 'unreachable', /422 Invalid/],
  ])('%s', async (_name, code, body, kind, message) => {
    const server = await serve((_seen, response) => json(response, code, { kind: 'Status', ...body }))
    const error = await failure((await clientFor(server.url)).getJson('/api/v1/pods'))
    expect(error).toBeInstanceOf(ApiError)
    expect(error.code).toBe(kind)
    expect(error.message).toMatch(message)
    expect(error.message).toContain('GET /api/v1/pods')
  })

  it('a page of a proxy, in one line without its markup', async () => {
    const server = await serve((_seen, response) => {
      response.writeHead(502)
      response.end('<html>\n<h1>Bad\u001b[31m gateway</h1></html>')
    })
    const error = await failure((await clientFor(server.url)).getJson('/x'))
    expect(error.message).toMatch(/502 : Bad \[31m gateway$/)
  })

  it('something that is no JSON', async () => {
    const server = await serve((_seen, response) => response.end('hello'))
    expect((await failure((await clientFor(server.url)).getJson('/x'))).message).toMatch(/is no JSON/)
  })

  it.each<[string, Partial<ClientConfig>, RegExp]>([
    ['nobody listens', { server: 'https://127.0.0.1:1' }, /^https:\/\/127\.0\.0\.1:1: nothing listens there/],
    ['another authority', { ca: undefined }, /signed by an authority that was not given|self-signed/],
    ['another name', { tlsServerName: 'other.example' }, /certificate is for another name: .*other\.example/],
    ['another address', { tlsServerName: '10.0.0.1' }, /certificate is for another name/],
  ])('%s', async (_name, more, message) => {
    const server = await serve((_seen, response) => json(response, 200, {}))
    const error = await failure((await clientFor(server.url, more)).getJson('/x'))
    expect(error.message).toMatch(message)
    expect(error.code).toBe('unreachable')
  })

  it('a server that does not speak TLS', async () => {
    const server = await startServer((_seen, response) => json(response, 200, {}))
    servers.push(server)
    const client = await clientFor(server.url.replace('http:', 'https:'))
    expect((await failure(client.getJson('/x'))).message).toMatch(/does not speak TLS/)
  })

  it('a server that never answers', async () => {
    const server = await serve(() => undefined)
    const client = await clientFor(server.url, {}, { answerWithin: 100 })
    expect((await failure(client.getJson('/x'))).message).toMatch(/no answer within 0.1 s/)
    const limited = await clientFor(server.url, {}, { requestTimeout: 100 })
    expect((await failure(limited.getJson('/x'))).message).toMatch(/within 0.1 s/)
  })

  it('a server that stands still in the middle, with the limit of the user', async () => {
    const server = await serve((_seen, response) => {
      response.writeHead(200)
      response.write('{"a":')
    })
    const client = await clientFor(server.url, {}, { requestTimeout: 200 })
    expect((await failure(client.getJson('/x'))).message).toMatch(
      /no whole answer within 0.2 s \(--request-timeout\)/,
    )
  })

  it('a server that is gone in the middle', async () => {
    const server = await serve((_seen, response) => {
      response.writeHead(200, { 'content-length': '100' })
      response.write('{"a":', () => response.socket?.destroy())
    })
    const error = await failure((await clientFor(server.url)).getJson('/x'))
    expect(error.message).toMatch(/server ended .* in the middle|ended the connection before/)
    expect(server.seen).toHaveLength(2)
  })
})

describe('what cannot work is told before anything is sent', () => {
  const file = (name: string, text: string): string => {
    const full = path.join(folder, name)
    writeFileSync(full, text)
    return full
  }
  it.each<[string, () => Partial<ClientConfig>, RegExp]>([
    ['a server that is no address', () => ({ server: 'https://' }), /is no address/],
    ['a proxy of another kind', () => ({ proxyUrl: 'ftp://x' }), /http, https or socks5/],
    [
      'no authority file',
      () => ({ ca: { kind: 'file', path: '/nowhere' } }),
      /`\/nowhere` cannot be read: there is no such file/,
    ],
    [
      'an authority without a certificate',
      () => ({ ca: { kind: 'data', pem: 'x' } }),
      /holds no certificate/,
    ],
    [
      'a key that is none',
      () => ({
        clientCert: { kind: 'file', path: files.clientCert },
        clientKey: { kind: 'file', path: file('bad.key', 'hunter2') },
      }),
      /bad\.key` cannot be used: not PEM/,
    ],
    [
      'a key of another certificate',
      () => ({
        clientCert: { kind: 'file', path: files.clientCert },
        clientKey: { kind: 'file', path: files.serverKey },
      }),
      /the key is of another certificate/,
    ],
    ['no token file', () => ({ tokenFile: '/nowhere' }), /tokenFile `\/nowhere` cannot be read/],
    ['a token over two lines', () => ({ token: 'a\nb' }), /signs that no token can hold/],
  ])('%s', async (_name, more, message) => {
    const error = await failure(
      clientFor('https://127.0.0.1:1', more()).then((client) => client.getJson('/x')),
    )
    expect(error.message).toMatch(message)
    expect(error.message).not.toContain('hunter2')
  })
})

describe('asking again', () => {
  const failing =
    (times: number, how: (response: ServerResponse) => void): Answer =>
    ({ path }, response) => {
      counts.set(path, (counts.get(path) ?? 0) + 1)
      if ((counts.get(path) ?? 0) <= times) how(response)
      else json(response, 200, { done: true })
    }
  const counts = new Map<string, number>()
  afterEach(() => counts.clear())

  it.each<[string, (response: ServerResponse) => void]>([
    ['429', (response) => status(response, 429, 'TooManyRequests', 'slow down')],
    ['429 with a time', (response) => json(response, 429, {}, { 'retry-after': '0' })],
    ['503 with a time', (response) => json(response, 503, {}, { 'retry-after': '0' })],
    ['a broken connection', (response) => response.socket?.destroy()],
  ])('after %s', async (_name, how) => {
    const server = await serve(failing(2, how))
    expect(await (await clientFor(server.url)).getJson('/x')).toEqual({ done: true })
    expect(server.seen).toHaveLength(3)
  })

  it('waits as long as the server says', async () => {
    const server = await serve(failing(1, (response) => json(response, 429, {}, { 'retry-after': '1' })))
    const began = performance.now()
    await (await clientFor(server.url)).getJson('/x')
    expect(performance.now() - began).toBeGreaterThan(950)
  })

  it('gives up in the end, and at once when the wait is longer than anybody waits', async () => {
    const server = await serve((_seen, response) => status(response, 429, 'TooManyRequests', 'no'))
    const error = await failure((await clientFor(server.url)).getJson('/x'))
    expect(error.message).toMatch(/429 TooManyRequests: no/)
    expect(server.seen).toHaveLength(4)
    const slow = await serve((_seen, response) => json(response, 429, {}, { 'retry-after': '3600' }))
    await failure((await clientFor(slow.url)).getJson('/x'))
    expect(slow.seen).toHaveLength(1)
  })

  it('does not ask again after 500, nor after a change that broke off', async () => {
    const server = await serve(failing(1, (response) => json(response, 500, {})))
    await failure((await clientFor(server.url)).getJson('/x'))
    const broken = await serve(failing(1, (response) => response.socket?.destroy()))
    await failure((await clientFor(broken.url)).sendJson('/y', {}))
    expect(broken.seen).toHaveLength(1)
  })
})

describe('credentials that are renewed', () => {
  const accepting =
    (token: () => string): Answer =>
    ({ headers }, response) => {
      if (headers.authorization === `Bearer ${token()}`) json(response, 200, { done: true })
      else status(response, 401, 'Unauthorized', 'Unauthorized')
    }

  it('a token file is read again after 401', async () => {
    const file = path.join(folder, 'token')
    writeFileSync(file, 'old\n')
    let accepted = 'old'
    const server = await serve(accepting(() => accepted))
    const client = await clientFor(server.url, { tokenFile: file, token: 'ignored' })
    await client.getJson('/x')
    accepted = 'new'
    writeFileSync(file, 'new\n')
    expect(await client.getJson('/x')).toEqual({ done: true })
    expect(server.seen).toHaveLength(3)
  })

  it('a token that has ended and stays the same is told, and asked for no more', async () => {
    const file = path.join(folder, 'token')
    writeFileSync(file, 'old')
    const server = await serve(accepting(() => 'new'))
    const error = await failure((await clientFor(server.url, { tokenFile: file })).getJson('/x'))
    expect(error.message).toMatch(/401 Unauthorized/)
    expect(server.seen).toHaveLength(1)
  })

  it('a plug-in runs once for many requests, again after 401, and again when its credential ends', async () => {
    let runs = 0
    let accepted = 'token-1'
    const server = await serve(accepting(() => accepted))
    const exec = {
      command: 'x',
      args: [],
      env: [],
      apiVersion: 'client.authentication.k8s.io/v1',
      installHint: '',
      provideClusterInfo: false,
      interactiveMode: 'Never' as const,
    }
    const runPlugin = (): Promise<{ token: string; expires?: number }> => {
      runs += 1
      return Promise.resolve({ token: `token-${runs}`, ...(runs > 2 ? { expires: Date.now() - 1 } : {}) })
    }
    const client = await clientFor(server.url, { exec }, { runPlugin })
    await Promise.all([client.getJson('/x'), client.getJson('/x'), client.getJson('/x')])
    expect(runs).toBe(1)
    accepted = 'token-2'
    await Promise.all([client.getJson('/x'), client.getJson('/x')])
    expect(runs).toBe(2)
    accepted = 'token-3'
    await client.getJson('/x')
    accepted = 'token-4'
    await client.getJson('/x')
    expect(runs).toBe(4)
    const without = await clientFor(server.url, { exec })
    expect((await failure(without.getJson('/x'))).message).toMatch(/program `x`, which is not run here/)
  })
})

describe('lists', () => {
  const pages: Answer = ({ query }, response) => {
    const next = query.get('continue') ?? ''
    if (next === '') json(response, 200, list(['a', 'b'], 'two'))
    else json(response, 200, list(['c']))
  }

  it('come in pages', async () => {
    const server = await serve(pages)
    const client = await clientFor(server.url)
    const got: string[][] = []
    for await (const page of client.list('/api/v1/pods', { limit: 2 })) got.push(names(page.items))
    expect(got).toEqual([['a', 'b'], ['c']])
    expect(server.seen.map(({ query }) => query.toString())).toEqual(['limit=2', 'limit=2&continue=two'])
  })

  it('begin anew when the place has expired', async () => {
    let expiredOnce = false
    const server = await serve((seen, response) => {
      if (seen.query.has('continue') && !expiredOnce) {
        expiredOnce = true
        return status(response, 410, 'Expired', 'too old', { metadata: { continue: 'go-on' } })
      }
      pages(seen, response)
    })
    const got: (string | boolean)[] = []
    for await (const page of (await clientFor(server.url)).list('/api/v1/pods')) {
      got.push(page.restarted, page.consistent, ...names(page.items))
    }
    expect(got).toEqual([false, true, 'a', 'b', true, true, 'a', 'b', false, true, 'c'])
  })

  it('go on with a newer state when they expire again', async () => {
    const server = await serve((seen, response) => {
      if (seen.query.get('continue') === 'two') {
        return status(response, 410, 'Expired', 'too old', { metadata: { continue: 'go-on' } })
      }
      pages(seen, response)
    })
    const got: (string | boolean)[] = []
    for await (const page of (await clientFor(server.url)).list('/api/v1/pods')) {
      got.push(page.restarted, page.consistent, ...names(page.items))
    }
    expect(got).toEqual([false, true, 'a', 'b', true, true, 'a', 'b', false, false, 'c'])
  })

  it('end with an error when the server is gone in the middle', async () => {
    const server = await serve((seen, response) => {
      if (!seen.query.has('continue')) return json(response, 200, list(['a'], 'two'))
      response.socket?.destroy()
    })
    const client = await clientFor(server.url)
    const got: string[] = []
    const error = await failure(
      (async () => {
        for await (const page of client.list('/api/v1/pods')) got.push(...names(page.items))
      })(),
    )
    expect(got).toEqual(['a'])
    expect(error.message).toMatch(/the server ended the connection before its answer was whole/)
  })
})

describe('watches', () => {
  const event = (type: string, name: string, resourceVersion: string): string =>
    `${JSON.stringify({ type, object: { kind: 'Pod', metadata: { name, resourceVersion } } })}\n`

  it('list, then follow, through a break and from the last bookmark', async () => {
    let watches = 0
    const server = await serve(({ query }, response) => {
      if (!query.has('watch')) return json(response, 200, list(['a'], '', '10'))
      watches += 1
      response.writeHead(200)
      if (watches === 1) {
        response.write(event('ADDED', 'b', '11'))
        response.write(event('BOOKMARK', '', '20'), () => setTimeout(() => response.socket?.destroy(), 20))
      } else response.write(event('DELETED', 'b', '21'))
    })
    const client = await clientFor(server.url)
    const stop = new AbortController()
    const got: string[] = []
    for await (const each of client.watch('/api/v1/pods', { signal: stop.signal })) {
      if (each.type === 'RELIST') continue
      got.push(`${each.type} ${(each.object.metadata as { name: string }).name}`)
      if (each.type === 'DELETED') stop.abort()
    }
    expect(got).toEqual(['ADDED a', 'ADDED b', 'BOOKMARK ', 'DELETED b'])
    const asked = server.seen
      .filter(({ query }) => query.has('watch'))
      .map(({ query }) => query.get('resourceVersion'))
    expect(asked).toEqual(['10', '20'])
    expect(server.seen[1]!.query.get('allowWatchBookmarks')).toBe('true')
  })

  it.each<[string, (response: ServerResponse) => void]>([
    ['as a status', (response) => status(response, 410, 'Expired', 'too old resource version')],
    [
      'as an event',
      (response) => {
        response.writeHead(200)
        const object = { kind: 'Status', code: 410, reason: 'Expired', message: 'too old resource version' }
        response.end(`${JSON.stringify({ type: 'ERROR', object })}\n`)
      },
    ],
  ])('list anew after 410 %s', async (_name, how) => {
    let watches = 0
    const server = await serve(({ query }, response) => {
      if (!query.has('watch')) return json(response, 200, list(['a'], '', '30'))
      watches += 1
      if (watches === 1) return how(response)
      response.writeHead(200)
      response.write(event('MODIFIED', 'a', '31'))
    })
    const stop = new AbortController()
    const got: string[] = []
    const client = await clientFor(server.url)
    for await (const each of client.watch('/api/v1/pods', { resourceVersion: '1', signal: stop.signal })) {
      got.push(each.type)
      if (each.type === 'MODIFIED') stop.abort()
    }
    expect(got).toEqual(['RELIST', 'ADDED', 'MODIFIED'])
  })

  it('end with the error of what will not pass', async () => {
    const server = await serve((_seen, response) => status(response, 403, 'Forbidden', 'no'))
    const client = await clientFor(server.url)
    const error = await failure(client.watch('/api/v1/pods', { resourceVersion: '1' }).next())
    expect(error.message).toMatch(/watch \/api\/v1\/pods: the server answered 403 Forbidden: no/)
  })

  it('end when the server stays away', async () => {
    const server = await serve(() => undefined)
    const { url } = server
    await server.stop()
    const client = await clientFor(url)
    const error = await failure(client.watch('/api/v1/pods', { resourceVersion: '1', tries: 1 }).next())
    expect(error.message).toMatch(/nothing listens there/)
  })
})

describe('discovery', () => {
  const accept = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList'
  const group = (name: string, version: string, resources: object[], freshness = 'Current'): object => ({
    metadata: { name },
    versions: [{ version, resources, freshness }],
  })
  const pods = {
    resource: 'pods',
    responseKind: { group: '', version: 'v1', kind: 'Pod' },
    scope: 'Namespaced',
    singularResource: 'pod',
    verbs: ['get', 'list'],
    shortNames: ['po'],
    categories: ['all'],
    subresources: [
      {
        subresource: 'eviction',
        responseKind: { group: 'policy', version: 'v1', kind: 'Eviction' },
        verbs: ['create'],
      },
    ],
  }
  const resource = {
    group: '',
    name: 'pods',
    singular: 'pod',
    kind: 'Pod',
    namespaced: true,
    shortNames: ['po'],
    categories: ['all'],
    verbs: ['get', 'list'],
    subresources: [{ name: 'eviction', group: 'policy', version: 'v1', kind: 'Eviction', verbs: ['create'] }],
    versions: ['v1'],
  }

  it('asks twice where the server knows the aggregated form', async () => {
    const server = await serve(({ path, headers }, response) => {
      expect(headers.accept).toBe(`${accept},application/json`)
      const items =
        path === '/api' ? [group('', 'v1', [pods])] : [group('metrics.k8s.io', 'v1beta1', [], 'Stale')]
      json(response, 200, { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', items })
    })
    const found = await (await clientFor(server.url)).discovery()
    expect(found.groups[0]).toEqual({ name: '', versions: ['v1'], resources: [resource] })
    expect(found.unknown).toEqual(['metrics.k8s.io/v1beta1'])
    expect(found.aggregated).toBe(true)
    expect(server.seen).toHaveLength(2)
  })

  it('asks each version where it does not, and goes on without those that fail', async () => {
    const server = await serve(({ path }, response) => {
      switch (path) {
        case '/api':
          return json(response, 200, { kind: 'APIVersions', versions: ['v1'] })
        case '/apis':
          return json(response, 200, {
            kind: 'APIGroupList',
            groups: [
              {
                name: 'apps.example',
                versions: [{ version: 'v1beta1' }, { version: 'v1' }],
                preferredVersion: { version: 'v1' },
              },
              { name: 'metrics.k8s.io', versions: [{ version: 'v1beta1' }] },
            ],
          })
        case '/api/v1':
          return json(response, 200, {
            kind: 'APIResourceList',
            resources: [
              {
                name: 'pods',
                singularName: 'pod',
                kind: 'Pod',
                namespaced: true,
                shortNames: ['po'],
                categories: ['all'],
                verbs: ['get', 'list'],
              },
              { name: 'pods/eviction', group: 'policy', version: 'v1', kind: 'Eviction', verbs: ['create'] },
            ],
          })
        case '/apis/metrics.k8s.io/v1beta1':
          return status(response, 503, 'ServiceUnavailable', 'down')
        default:
          return json(response, 200, {
            kind: 'APIResourceList',
            resources: [{ name: 'things', kind: 'Thing', namespaced: true, verbs: ['list'] }],
          })
      }
    })
    const found = await (await clientFor(server.url)).discovery()
    expect(found.groups[0]).toEqual({ name: '', versions: ['v1'], resources: [resource] })
    expect(found.groups[1]).toMatchObject({
      name: 'apps.example',
      versions: ['v1', 'v1beta1'],
      resources: [{ name: 'things', versions: ['v1', 'v1beta1'] }],
    })
    expect(found.unknown).toEqual(['metrics.k8s.io/v1beta1'])
    expect(found.aggregated).toBe(false)
  })
})

describe('the rate', () => {
  it('is kept', async () => {
    const server = await serve((_seen, response) => json(response, 200, {}))
    const client = await clientFor(server.url, {}, { rate: { perSecond: 20, burst: 2 } })
    const began = performance.now()
    await Promise.all(Array.from({ length: 8 }, () => client.getJson('/x')))
    expect(performance.now() - began).toBeGreaterThan(280)
  })
})
