import type { RequestListener } from 'node:http'
import { TLSSocket } from 'node:tls'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { LocalServers } from '../../test/kit/local-servers.js'
import { issueCertificate, type Issued } from '../pki/index.js'
import type { AuditResult } from '../model/index.js'
import type { Credential } from './credential.js'
import { runProbes, type ProbeKind } from './run-probes.js'

const servers = new LocalServers()
afterEach(() => servers.close())

let authority: Issued
let server: Issued
let client: Issued
beforeAll(async () => {
  authority = await issueCertificate({ commonName: 'authority', use: 'authority', minutes: 1e5 })
  server = await issueCertificate({
    commonName: 'server',
    use: 'server',
    minutes: 1e5,
    issuer: authority,
    names: [{ type: 'ip', value: '127.0.0.1' }],
  })
  client = await issueCertificate({ commonName: 'client', use: 'client', minutes: 1e5, issuer: authority })
})

function probe(kind: ProbeKind, port: number, more: { credential?: Credential; now?: number } = {}) {
  return runProbes({
    kind,
    addresses: [{ host: '127.0.0.1', port }],
    limits: { timeoutMs: 2000, maxBytes: 8192 },
    perSecond: 1000,
    version: '0',
    now: more.now ?? Date.now(),
    ...(more.credential === undefined ? {} : { credential: more.credential }),
  })
}

/** Answers by path: a status, or a status with a body; everything else is 404. Notes what was asked. */
function answering(
  table: Readonly<Record<string, number | readonly [number, string]>>,
  seen: string[] = [],
): RequestListener {
  return (request, response) => {
    seen.push(`${request.method ?? ''} ${request.url ?? ''}`)
    const answer = table[request.url ?? ''] ?? 404
    const [status, body] = typeof answer === 'number' ? [answer, ''] : answer
    response.writeHead(status).end(body)
  }
}

/** `severity check` of failures, `unknown check` of open questions. */
function told({ findings, unknowns }: AuditResult): string[] {
  return [
    ...findings.map(({ severity, check }) => `${severity} ${check}`),
    ...unknowns.map(({ check }) => `unknown ${check}`),
  ]
}

const PODS = '{"kind":"PodList","apiVersion":"v1","metadata":{},"items":[]}'
const KUBELET_403 = 'Forbidden (user=system:anonymous, verb=get, resource=nodes, subresource(s)=[pods proxy])'
const OLD_KUBELET_403 = 'Forbidden (user=system:anonymous, verb=get, resource=nodes, subresource=proxy)'

describe('a kubelet', () => {
  it.each([
    [
      'open',
      { '/healthz': [200, 'ok'], '/pods': [200, PODS], '/configz': [200, '{"kubeletconfig":{}}'] },
      'open',
      ['critical probe-kubelet-anonymous'],
    ],
    ['anonymous off', { '/healthz': 401, '/pods': 401, '/configz': 401 }, 'closed', []],
    [
      'anonymous on, authorized by webhook',
      { '/healthz': [403, KUBELET_403], '/pods': [403, KUBELET_403], '/configz': [403, KUBELET_403] },
      'limited',
      ['high probe-kubelet-anonymous'],
    ],
    [
      'an older one',
      { '/healthz': [200, 'ok'], '/pods': [403, OLD_KUBELET_403], '/configz': [403, OLD_KUBELET_403] },
      'limited',
      ['high probe-kubelet-anonymous'],
    ],
    [
      'its configuration alone open',
      { '/healthz': [403, KUBELET_403], '/pods': [403, KUBELET_403], '/configz': 200 },
      'open',
      ['high probe-kubelet-anonymous'],
    ],
    [
      '403 of somebody else',
      { '/healthz': 403, '/pods': [403, 'Forbidden by proxy'], '/configz': 403 },
      'unknown',
      ['unknown probe-kubelet-anonymous'],
    ],
    [
      '200 of something else',
      { '/healthz': [200, 'ok'], '/pods': [200, '<html>'] },
      'unknown',
      ['unknown probe-kubelet-anonymous'],
    ],
    ['another server', {}, 'unknown', ['unknown probe-kubelet-anonymous']],
    ['a redirect to a login', { '/pods': 302 }, 'unknown', ['unknown probe-kubelet-anonymous']],
    [
      'one that fails',
      { '/healthz': 500, '/pods': 500, '/configz': 500 },
      'unknown',
      ['unknown probe-kubelet-anonymous'],
    ],
  ] as const)('%s', async (_name, table, state, expected) => {
    const seen: string[] = []
    const port = await servers.https(server, answering(table, seen))
    const result = await probe('kubelet', port)
    expect(told(result)).toEqual(expected)
    expect(result.probes?.[0]).toMatchObject({ component: 'kubelet', address: `127.0.0.1:${port}`, state })
    expect(seen).toEqual(['GET /healthz', 'GET /pods', 'GET /configz'])
    for (const { evidence } of result.findings)
      expect(evidence.every(({ message }) => /`HTTP\/1\.1 \d{3}/.test(message))).toBe(true)
  })

  it('the read-only port', async () => {
    const open = await servers.http(answering({ '/healthz': [200, 'ok'], '/pods': [200, PODS] }))
    const other = await servers.http(answering({ '/healthz': 200, '/pods': [200, 'hello'] }))
    expect(told(await probe('kubelet', open))).toEqual(['high probe-kubelet-read-only-port'])
    expect(told(await probe('kubelet', other))).toEqual(['unknown probe-kubelet-read-only-port'])
  })

  it('tells to whom else it is open, by the credential that was named', async () => {
    const port = await servers.https(
      { ...server, ca: authority.cert, requestCert: true, rejectUnauthorized: false },
      (request, response) => {
        const known = (request.socket as unknown as { authorized: boolean }).authorized
        response.writeHead(known ? 200 : 401).end(known ? PODS : 'Unauthorized')
      },
    )
    const result = await probe('kubelet', port, { credential: { identity: client, ca: authority.cert } })
    expect(told(result)).toEqual([])
    const lines = result.probes?.[0]?.attempts.map(
      ({ ask, answer, meaning }) => `${ask}: ${answer}: ${meaning}`,
    )
    expect(lines).toContain(
      `GET https://127.0.0.1:${port}/pods without a credential: HTTP/1.1 401 Unauthorized: a credential is asked for`,
    )
    expect(lines).toContain(
      `GET https://127.0.0.1:${port}/pods with the client certificate: HTTP/1.1 200 OK: open to this credential`,
    )
  })
})

const API_403 = '{"kind":"Status","message":"forbidden: User \\"system:anonymous\\" cannot get path"}'
const CLUSTER_INFO = '/api/v1/namespaces/kube-public/configmaps/cluster-info'
const VERSION = { '/version': [200, '{"gitVersion": "v1.36.2"}'] } as const
const API_401 = [401, '{"kind":"Status","reason":"Unauthorized"}'] as const
const HEALTHY = { '/livez': [200, 'ok'], '/readyz': [200, 'ok'], '/healthz': [200, 'ok'] } as const
const all = (answer: number | readonly [number, string]) =>
  Object.fromEntries(
    [
      '/version',
      '/api',
      '/apis',
      '/openapi/v3',
      '/metrics',
      '/api/v1/namespaces',
      '/api/v1/secrets',
      CLUSTER_INFO,
    ].map((path) => [path, answer]),
  )

describe('an API server', () => {
  it.each([
    [
      'as kubeadm sets it up',
      { ...all([403, API_403]), ...HEALTHY, '/version': 200, [CLUSTER_INFO]: 200 },
      ['medium probe-apiserver-anonymous', 'low probe-apiserver-cluster-info'],
    ],
    ['limited to health by conditions', { ...all(API_401), ...HEALTHY }, []],
    ['anonymous off', { ...all(API_401), '/livez': 401, '/readyz': 401, '/healthz': 401 }, []],
    [
      'discovery bound to everyone',
      { ...all([403, API_403]), ...HEALTHY, '/api': 200, '/apis': 200 },
      ['high probe-apiserver-open', 'medium probe-apiserver-anonymous'],
    ],
    [
      'AlwaysAllow',
      { ...all(200), ...VERSION, ...HEALTHY },
      ['critical probe-apiserver-open', 'medium probe-apiserver-anonymous'],
    ],
    ['another server', {}, ['unknown probe-apiserver-anonymous']],
    ['another server that says yes to everything', all(200), ['unknown probe-apiserver-anonymous']],
    [
      'one that is broken',
      { ...all(502), '/livez': 502, '/readyz': 502, '/healthz': 502 },
      ['unknown probe-apiserver-anonymous'],
    ],
  ] as const)('%s', async (_name, table, expected) => {
    const port = await servers.https(server, answering(table))
    const result = await probe('apiserver', port)
    expect(told(result)).toEqual(expected)
  })

  it('over plain HTTP', async () => {
    const port = await servers.http(answering({ ...all(200), ...VERSION, ...HEALTHY }))
    expect(told(await probe('apiserver', port))).toContain('critical probe-apiserver-plain-http')
  })

  it('asks for the first bytes of Secrets at most, and never tells them', async () => {
    const port = await servers.https(
      server,
      answering({ ...all([200, '{"kind":"APIVersions","data":{"password":"aHVudGVyMg=="}}']), ...HEALTHY }),
    )
    expect(JSON.stringify(await probe('apiserver', port))).not.toContain('aHVudGVyMg')
  })
})

describe('etcd', () => {
  const table = {
    '/version': [200, '{"etcdserver":"3.6.0"}'],
    '/health': [200, '{"health":"true"}'],
    '/metrics': 200,
  } as const
  it.each([
    ['without client certificates', false, ['medium probe-etcd-client-certificate'], 'open'],
    ['with client certificates', true, [], 'closed'],
  ] as const)('%s', async (_name, asks, expected, state) => {
    const port = await servers.https(
      { ...server, ca: authority.cert, requestCert: asks, rejectUnauthorized: asks },
      answering(table),
    )
    const result = await probe('etcd', port, { credential: { identity: client, ca: authority.cert } })
    expect(told(result)).toEqual(expected)
    expect(result.probes?.[0]?.state).toBe(state)
    expect(result.probes?.[0]?.attempts.at(-1)).toMatchObject({
      answer: 'HTTP/1.1 200 OK',
      meaning: 'open to this credential',
    })
  })

  it('over plain HTTP that hangs up on TLS, as etcd does', async () => {
    const port = await servers.tcp((socket) =>
      socket.once('data', (data) => {
        if (data[0] === 22) socket.destroy()
        else socket.end('HTTP/1.1 200 OK\r\n\r\n{"etcdserver":"3.6.0","health":"true"}')
      }),
    )
    expect(told(await probe('etcd', port))).toEqual(['medium probe-etcd-plain-http'])
  })

  it('over plain HTTP, and its metrics alone', async () => {
    const plain = await servers.http(answering(table))
    const metrics = await servers.http(
      answering({ '/metrics': [200, 'etcd_server_has_leader 1'], '/health': 200 }),
    )
    const other = await servers.http(answering({}))
    expect(told(await probe('etcd', plain))).toEqual(['medium probe-etcd-plain-http'])
    expect(told(await probe('etcd', metrics))).toEqual([])
    expect(told(await probe('etcd', other))).toEqual(['unknown probe-etcd-plain-http'])
    const yes = await servers.http((_, response) => response.end('<html>'))
    expect(told(await probe('etcd', yes))).toEqual(['unknown probe-etcd-plain-http'])
  })
})

describe('the Docker API', () => {
  const ok = answering({ '/_ping': [200, 'OK'] })
  const mutual = { requestCert: true, rejectUnauthorized: true }

  it.each([
    ['plain', 'http', {}, ['high probe-docker-plain-http'], 'open'],
    ['TLS without client certificates', 'https', {}, ['high probe-docker-client-certificate'], 'open'],
    [
      'any certificate',
      'https',
      { requestCert: true, rejectUnauthorized: false, any: true },
      ['high probe-docker-foreign-certificate'],
      'open',
    ],
    ['mutual TLS', 'https', mutual, [], 'closed'],
    [
      'mutual TLS that takes servers, too',
      'https',
      { requestCert: true, rejectUnauthorized: false, any: true, issued: true },
      ['high probe-docker-certificate-usage'],
      'limited',
    ],
    ['mutual TLS, 1.2 alone', 'https', { ...mutual, maxVersion: 'TLSv1.2' }, [], 'closed'],
    ['mutual TLS, 1.3 alone', 'https', { ...mutual, minVersion: 'TLSv1.3' }, [], 'closed'],
    [
      'mutual TLS of another authority',
      'https',
      { ...mutual, foreign: true },
      ['medium probe-docker-own-certificate'],
      'closed',
    ],
  ] as const)('%s', async (_name, scheme, options, expected, state) => {
    const other = await issueCertificate({ commonName: 'other', use: 'authority', minutes: 5 })
    const { any, foreign, issued, ...rest } = { any: false, foreign: false, issued: false, ...options }
    const listener: RequestListener = (request, response) => {
      const shown = request.socket instanceof TLSSocket ? request.socket.getPeerX509Certificate() : undefined
      const wrong = shown === undefined || (issued && shown.issuer !== 'CN=authority')
      if (any && wrong) request.socket.destroy()
      else ok(request, response)
    }
    const port =
      scheme === 'http'
        ? await servers.http(ok)
        : await servers.https({ ...server, ca: foreign ? other.cert : authority.cert, ...rest }, listener)
    const result = await probe('docker', port, {
      credential: { identity: client, ca: authority.cert, wrongUsage: server },
    })
    expect(told(result)).toEqual(expected)
    expect(result.probes?.[0]?.state).toBe(state)
    if (state === 'open')
      expect(result.probes?.[0]?.verdict).toBe('anyone who reaches this port is root on this host')
  })

  it.each([
    ['says nothing', () => undefined],
    ['resets', (socket: { resetAndDestroy(): void }) => socket.resetAndDestroy()],
    ['hangs up', (socket: { end(): void }) => socket.end()],
    ['greets', (socket: { write(text: string): void }) => socket.write('220 mail\r\n')],
  ] as const)('unknown stays unknown: a server that %s', async (_name, behave) => {
    const port = await servers.tcp(behave)
    const result = await probe('docker', port)
    expect(result.findings).toEqual([])
    expect(result.unknowns.length).toBeGreaterThan(0)
    expect(result.probes?.[0]?.state).toBe('unknown')
  })

  it('takes the words of a TLS server to plain HTTP for a refusal, not for an answer', async () => {
    const port = await servers.tcp((socket) =>
      socket.on('data', () =>
        socket.end('HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n'),
      ),
    )
    const result = await probe('docker', port)
    expect(result.findings).toEqual([])
    expect(result.probes?.[0]?.state).toBe('unknown')
  })

  it.each(['http', 'https'] as const)(
    'another server that says yes to everything, over %s',
    async (scheme) => {
      const port =
        scheme === 'http'
          ? await servers.http((_, response) => response.end('<html>'))
          : await servers.https(server, (_, response) => response.end('<html>'))
      const result = await probe('docker', port)
      expect(result.findings).toEqual([])
      expect(result.unknowns.length).toBeGreaterThan(0)
      expect(result.probes?.[0]?.state).toBe('unknown')
    },
  )

  it('nothing listens: no finding, and no all-clear either', async () => {
    const result = await probe('docker', await servers.unused())
    expect(told(result)).toEqual(['unknown probe-docker-client-certificate'])
    expect(result.probes?.[0]?.state).toBe('closed')
  })
})

describe('what a server shows in TLS', () => {
  const closed = answering({ '/healthz': 401, '/pods': 401, '/configz': 401 })
  const DAY = 24 * 3600 * 1000

  it.each([
    [
      'old versions',
      { minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' },
      {},
      ['low probe-tls-old-version'],
    ],
    ['expired', {}, { now: Date.now() + 100 * DAY }, ['high probe-tls-certificate-dates']],
    ['soon to expire', {}, { now: Date.now() + 65 * DAY }, ['low probe-tls-certificate-dates']],
    ['not yet valid', {}, { now: Date.now() - 2 * DAY }, ['high probe-tls-certificate-dates']],
    ['another name', {}, { name: 'node-1' }, ['medium probe-tls-certificate-name']],
    ['nothing wrong', {}, {}, []],
  ] as const)('%s', async (_name, options, view, expected) => {
    const port = await servers.https({ ...server, ...options }, closed)
    const { now, name } = { now: Date.now(), name: undefined, ...view }
    const result = await probe('kubelet', port, {
      now,
      ...(name === undefined ? {} : { credential: { serverName: name } }),
    })
    expect(told(result)).toEqual(expected)
  })

  it('who issued it', async () => {
    const self = await servers.https(
      await issueCertificate({
        commonName: 'self',
        use: 'server',
        minutes: 1e5,
        names: [{ type: 'ip', value: '127.0.0.1' }],
      }),
      closed,
    )
    const port = await servers.https(server, closed)
    const other = await issueCertificate({ commonName: 'other', use: 'authority', minutes: 1e5 })
    expect(told(await probe('kubelet', self))).toEqual(['medium probe-tls-certificate-trust'])
    expect(told(await probe('kubelet', port, { credential: { ca: authority.cert } }))).toEqual([])
    expect(told(await probe('kubelet', port, { credential: { ca: other.cert } }))).toEqual([
      'medium probe-tls-certificate-trust',
    ])
  })
})

describe('a run', () => {
  it('asks each address once, and gives the same result in any order', async () => {
    const seen: string[] = []
    const one = await servers.https(
      server,
      answering({ '/healthz': 401, '/pods': 401, '/configz': 401 }, seen),
    )
    const two = await servers.https(server, answering({ '/pods': [200, PODS] }))
    const addresses = [one, two, one].map((port) => ({ host: '127.0.0.1', port }))
    const options = {
      kind: 'kubelet',
      limits: { timeoutMs: 500, maxBytes: 8192 },
      perSecond: 1000,
      version: '0',
      now: Date.now(),
    } as const
    const first = await runProbes({ ...options, addresses })
    expect(seen.length).toBe(3)
    expect(first.probes?.length).toBe(2)
    expect(await runProbes({ ...options, addresses: [...addresses].reverse() })).toEqual(first)
  })

  it('tells only the questions that are wanted', async () => {
    const port = await servers.https(
      { ...server, minVersion: 'TLSv1', ciphers: 'DEFAULT:@SECLEVEL=0' },
      answering({ '/pods': [200, PODS] }),
    )
    const result = await runProbes({
      kind: 'kubelet',
      addresses: [{ host: '127.0.0.1', port }],
      limits: { timeoutMs: 500, maxBytes: 8192 },
      perSecond: 1000,
      version: '0',
      now: Date.now(),
      only: ['probe-tls-old-version'],
    })
    expect(told(result)).toEqual(['low probe-tls-old-version'])
    expect(result.coverage.map(({ check }) => check)).toEqual(['probe-tls-old-version'])
  })
})
