import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { issueCertificate } from '../../src/pki/index.js'
import { freePorts } from '../cluster/free-ports.js'
import { DockerdBench, realDockerdVersion } from './real-dockerd.js'
import { runProbe } from './run-probe.js'

const version = realDockerdVersion()
if (version === undefined) console.warn('probe-docker.test.ts is skipped: there is no dockerd here')

describe.skipIf(version === undefined)(`the six probes on dockerd ${version ?? ''}`, () => {
  const bench = new DockerdBench()
  const at = (name: string): string => path.join(bench.folder, name)
  let port = 0

  beforeAll(async () => {
    const hour = 60
    const authority = await issueCertificate({
      commonName: 'docker authority',
      use: 'authority',
      minutes: 100 * 24 * hour,
    })
    const write = (name: string, pair: { cert: string; key: string }): void => {
      writeFileSync(at(`${name}.pem`), pair.cert)
      writeFileSync(at(`${name}-key.pem`), pair.key, { mode: 0o600 })
    }
    const life = { minutes: 90 * 24 * hour, issuer: authority }
    write('ca', authority)
    write('client', await issueCertificate({ commonName: 'a person', use: 'client', ...life }))
    write(
      'server',
      await issueCertificate({
        commonName: 'build-1',
        use: 'server',
        names: [{ type: 'ip', value: '127.0.0.1' }],
        ...life,
      }),
    )
    port = (await freePorts(1))[0] ?? 0
  })
  afterEach(() => bench.stop())
  afterAll(() => bench.remove())

  const serve = (settings: object) =>
    bench.serve(
      [
        '-H',
        `tcp://127.0.0.1:${port}`,
        '--config-file',
        bench.write('daemon.json', JSON.stringify(settings)),
      ],
      {},
    )
  const tls = { tlscacert: at('ca.pem'), tlscert: at('server.pem'), tlskey: at('server-key.pem') }
  const probe = () =>
    runProbe(
      ...['docker', `127.0.0.1:${port}`, '--ca', at('ca.pem')],
      ...['--client-cert', at('client.pem'), '--client-key', at('client-key.pem')],
      ...['--wrong-usage-cert', at('server.pem'), '--wrong-usage-key', at('server-key.pem')],
    )
  const each = (who: string): string[] => ['TLS 1.2', 'TLS 1.3'].map((name) => `/_ping ${who}, ${name}`)

  it('without TLS: anyone is root', async () => {
    await serve({ tls: false })
    const { code, told, answers, probes } = await probe()
    expect([code, told]).toEqual([1, ['high probe-docker-plain-http']])
    expect(answers).toEqual({ '/_ping over plain HTTP': 'HTTP/1.1 200 OK' })
    expect(probes[0]).toMatchObject({
      state: 'open',
      verdict: 'anyone who reaches this port is root on this host',
    })
  })

  it('with tlsverify false: TLS that asks nobody for a certificate', async () => {
    await serve({ ...tls, tlsverify: false })
    const { code, told, answers, probes } = await probe()
    expect([code, told]).toEqual([1, ['high probe-docker-client-certificate']])
    expect(answers['/_ping over plain HTTP']).toBe('HTTP/1.0 400 Bad Request')
    for (const ask of each('without a certificate')) expect(answers[ask]).toBe('HTTP/1.1 200 OK')
    expect(probes[0]).toMatchObject({ state: 'open', tls: { clientCertificate: { asked: false } } })
  })

  it('with mutual TLS: six probes as expected, and the name of the server holds', async () => {
    await serve({ ...tls, tlsverify: true })
    const { code, told, answers, probes } = await probe()
    expect([code, told]).toEqual([0, []])
    expect(answers['/_ping over plain HTTP']).toBe('HTTP/1.0 400 Bad Request')
    for (const who of [
      'without a certificate',
      'with a certificate of another authority',
      'with a certificate that is not for clients',
    ])
      for (const ask of each(who))
        expect([ask, answers[ask]]).toEqual([ask, expect.stringContaining('TLS alert')])
    for (const ask of each('with the client certificate')) expect(answers[ask]).toBe('HTTP/1.1 200 OK')
    expect(probes[0]).toMatchObject({
      state: 'closed',
      verdict: 'only a client certificate of its authority opens it; yours opens it',
      tls: { clientCertificate: { asked: true, authorities: ['CN=docker authority'] } },
    })
    expect(Object.entries(answers).filter(([ask]) => ask.startsWith('verify'))).toEqual([
      [expect.stringContaining('for the name 127.0.0.1'), 'verified'],
    ])
  })

  it('asked by another name: a client that verifies would refuse it', async () => {
    await serve({ ...tls, tlsverify: true })
    const { told } = await runProbe(
      'docker',
      `127.0.0.1:${port}`,
      '--ca',
      at('ca.pem'),
      '--server-name',
      'build-2',
    )
    expect(told).toEqual(['medium probe-tls-certificate-name', 'medium probe-tls-certificate-trust'])
  })

  it('gone: not known, and no all-clear', async () => {
    const { code, told } = await probe()
    expect([code, told]).toEqual([3, ['unknown probe-docker-client-certificate']])
  })
})
