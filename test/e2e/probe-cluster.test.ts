import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ask } from '../cluster/admin-request.js'
import { ComponentProcess } from '../cluster/component-process.js'
import { provideComponents } from '../cluster/components.js'
import { freePorts } from '../cluster/free-ports.js'
import { startCluster, type KubeletOptions, type TestCluster } from '../cluster/start-cluster.js'
import { Authority } from '../kit/authority.js'
import { runProbe } from './run-probe.js'
import { cluster, unavailable, type ClusterFacts } from './shared-cluster.js'

if (cluster === undefined) console.warn(`probe-cluster.test.ts is skipped: ${unavailable}`)

const folder = mkdtempSync(path.join(tmpdir(), 'rampart-probe-e2e-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const hostOf = (url: string): string => new URL(url).host
const PATHS = ['/healthz', '/pods', '/configz'] as const

describe.skipIf(cluster === undefined)('probes of real components', () => {
  const { server, ca, admin, etcd, node, kubeconfig } = cluster ?? ({} as ClusterFacts)

  describe('kube-apiserver', () => {
    it('as it is by default: anonymous, and authorized for health and version alone', async () => {
      const { code, told, answers } = await runProbe('apiserver', hostOf(server), '--ca', ca.cert)
      expect([code, told]).toEqual([0, ['medium probe-apiserver-anonymous']])
      expect(answers).toMatchObject({
        '/livez without a credential': 'HTTP/1.1 200 OK',
        '/version without a credential': 'HTTP/1.1 200 OK',
        '/api without a credential': 'HTTP/1.1 403 Forbidden',
        '/metrics without a credential': 'HTTP/1.1 403 Forbidden',
        '/api/v1/secrets without a credential': 'HTTP/1.1 403 Forbidden',
      })
    })

    it('to a client certificate', async () => {
      const identity = ['--client-cert', admin.cert, '--client-key', admin.key]
      const { answers } = await runProbe('apiserver', hostOf(server), '--ca', ca.cert, ...identity)
      expect(answers).toMatchObject({ '/api with the client certificate': 'HTTP/1.1 200 OK' })
    })
  })

  describe('etcd', () => {
    it('that asks for certificates', async () => {
      const { code, told, answers, probes } = await runProbe('etcd', hostOf(etcd.url))
      expect([code, told]).toEqual([0, []])
      expect(answers['/version without a client certificate']).toMatch(/TLS alert/)
      expect(probes[0]).toMatchObject({ state: 'closed', tls: { clientCertificate: { asked: true } } })
      const identity = ['--client-cert', etcd.client.cert, '--client-key', etcd.client.key, '--ca', ca.cert]
      const known = await runProbe('etcd', hostOf(etcd.url), ...identity)
      expect(known.answers['/version with the client certificate']).toBe('HTTP/1.1 200 OK')
    })

    it.each([
      [
        'TLS without client certificates',
        'https',
        'medium probe-etcd-client-certificate',
        'without a client certificate',
      ],
      ['plain HTTP', 'http', 'medium probe-etcd-plain-http', 'over plain HTTP'],
    ])('with %s', async (_name, scheme, finding, how) => {
      const { program } = await provideComponents(() => undefined)
      const [port = 0, peer = 0] = await freePorts(2)
      const authority = await Authority.create(folder, `etcd-${scheme}`, 'etcd test authority')
      const own = await authority.issue(`etcd-server-${scheme}`, {
        name: 'etcd',
        server: true,
        client: true,
        ips: ['127.0.0.1'],
      })
      const url = `${scheme}://127.0.0.1:${port}`
      const open = ComponentProcess.start({
        name: `etcd-${scheme}`,
        folder,
        program,
        args: [
          ...[
            'etcd',
            '--name=test',
            `--data-dir=${path.join(folder, `data-${scheme}`)}`,
            '--unsafe-no-fsync',
          ],
          ...[`--listen-client-urls=${url}`, `--advertise-client-urls=${url}`],
          ...[
            `--listen-peer-urls=http://127.0.0.1:${peer}`,
            `--initial-advertise-peer-urls=http://127.0.0.1:${peer}`,
          ],
          `--initial-cluster=test=http://127.0.0.1:${peer}`,
          ...(scheme === 'https' ? [`--cert-file=${own.cert}`, `--key-file=${own.key}`] : []),
        ],
      })
      try {
        await open.until(
          'answering',
          async () => (await runProbe('etcd', hostOf(url))).probes[0]?.state !== 'closed',
        )
        const { told, answers, probes } = await runProbe('etcd', hostOf(url))
        expect(told.filter((one) => !one.includes('certificate-dates'))).toEqual([finding])
        expect(answers[`/version ${how}`]).toBe('HTTP/1.1 200 OK')
        expect(probes[0]?.state).toBe('open')
      } finally {
        await open.stop()
      }
    })
  })

  describe.skipIf(node === undefined)('the kubelet as kubeadm configures it', () => {
    it('answers nobody without a credential', async () => {
      const { code, told, answers, probes } = await runProbe(
        'kubelet',
        hostOf(node?.kubelet ?? ''),
        '--ca',
        ca.cert,
      )
      expect([code, told]).toEqual([0, []])
      for (const each of PATHS)
        expect(answers[`${each} without a credential`]).toBe('HTTP/1.1 401 Unauthorized')
      expect(probes[0]?.state).toBe('closed')
    })

    it('answers whoever the API server lets, by a certificate', async () => {
      const identity = ['--ca', ca.cert, '--client-cert', admin.cert, '--client-key', admin.key]
      const { answers } = await runProbe('kubelet', hostOf(node?.kubelet ?? ''), ...identity)
      for (const each of PATHS) expect(answers[`${each} with the client certificate`]).toBe('HTTP/1.1 200 OK')
    })

    it("is found among the cluster's own nodes", async () => {
      const { code, told, probes } = await runProbe('kubelet', '--all-nodes', '--kubeconfig', kubeconfig)
      expect([code, told]).toEqual([0, []])
      expect(probes.map(({ address, state }) => [address, state])).toEqual([
        [`${node?.address ?? ''}:10250`, 'closed'],
        [`${node?.address ?? ''}:10255`, 'closed'],
      ])
    })
  })
})

describe.skipIf(cluster?.node === undefined)('probes of kubelets in other configurations', () => {
  const anonymous = { anonymous: { enabled: true } }
  let own: TestCluster
  beforeAll(async () => {
    const file = path.join(folder, 'authentication.yaml')
    const conditions = ['/livez', '/readyz', '/healthz'].map((each) => ({ path: each }))
    writeFileSync(
      file,
      JSON.stringify({
        apiVersion: 'apiserver.config.k8s.io/v1',
        kind: 'AuthenticationConfiguration',
        anonymous: { enabled: true, conditions },
      }),
    )
    own = await startCluster({
      kubelet: false,
      apiServerArgs: [`--authentication-config=${file}`],
      scheduler: false,
    })
  }, 300_000)
  afterAll(() => own?.stop())

  it.each([
    [
      'anonymous on, AlwaysAllow, read-only port',
      { authentication: anonymous, authorization: { mode: 'AlwaysAllow' }, readOnlyPort: 10255 },
      ['HTTP/1.1 200 OK', 'HTTP/1.1 200 OK', 'HTTP/1.1 200 OK'],
      ['critical probe-kubelet-anonymous', 'high probe-kubelet-read-only-port'],
    ],
    [
      'anonymous on, Webhook',
      { authentication: anonymous },
      ['HTTP/1.1 403 Forbidden', 'HTTP/1.1 403 Forbidden', 'HTTP/1.1 403 Forbidden'],
      ['high probe-kubelet-anonymous'],
    ],
    [
      'anonymous off, AlwaysAllow',
      { authorization: { mode: 'AlwaysAllow' } },
      ['HTTP/1.1 401 Unauthorized', 'HTTP/1.1 401 Unauthorized', 'HTTP/1.1 401 Unauthorized'],
      [],
    ],
  ] satisfies [string, KubeletOptions['config'], string[], string[]][])(
    '%s',
    async (_name, config, statuses, expected) => {
      const node = await own.startNode({ config })
      try {
        const { code, told, answers } = await runProbe('kubelet', node.address, '--ca', own.ca.cert)
        expect(told).toEqual(expected)
        expect(code).toBe(expected.length > 0 ? 1 : 0)
        expect(PATHS.map((each) => answers[`${each} without a credential`])).toEqual(statuses)
        const open = 'readOnlyPort' in config
        expect(answers['/pods over plain HTTP']).toBe(open ? 'HTTP/1.1 200 OK' : undefined)
        if (!open) expect(answers[`connect to ${node.address}:10255`]).toBe('connection refused')
      } finally {
        await node.stop()
      }
    },
    300_000,
  )

  it('an API server whose anonymous access is limited to its health', async () => {
    const { code, told, answers } = await runProbe('apiserver', hostOf(own.server), '--ca', own.ca.cert)
    expect([code, told]).toEqual([0, []])
    expect(answers).toMatchObject({
      '/livez without a credential': 'HTTP/1.1 200 OK',
      '/version without a credential': 'HTTP/1.1 401 Unauthorized',
      '/api without a credential': 'HTTP/1.1 401 Unauthorized',
    })
  })

  it('is what the API server says, too', async () => {
    const connection = { server: own.server, ca: own.ca.cert }
    expect((await ask(connection, '/livez')).status).toBe(200)
    expect((await ask(connection, '/version')).status).toBe(401)
  })
})
