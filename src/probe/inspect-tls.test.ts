import fc from 'fast-check'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { LocalServers } from '../../test/kit/local-servers.js'
import { issueCertificate, type Issued } from '../pki/index.js'
import { clientHello, type TlsVersion } from './client-hello.js'
import { inspectTls } from './inspect-tls.js'
import { pace } from './pace.js'
import { readFlight } from './server-flight.js'
import type { Session } from './session.js'

const servers = new LocalServers()
afterEach(() => servers.close())

let authority: Issued
let server: Issued
beforeAll(async () => {
  authority = await issueCertificate({ commonName: 'test authority', use: 'authority', minutes: 60 })
  server = await issueCertificate({
    commonName: 'server',
    use: 'server',
    minutes: 60,
    issuer: authority,
    names: [{ type: 'ip', value: '127.0.0.1' }],
  })
})

const session: Session = {
  limits: { timeoutMs: 500, maxBytes: 4096 },
  pace: pace(1000),
  credential: {},
  now: Date.now(),
}
const inspect = (port: number) => inspectTls({ host: '127.0.0.1', port }, session)

describe('what a server shows of itself in TLS', () => {
  it.each([
    ['TLSv1', 'TLSv1.3', ['TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3']],
    ['TLSv1.1', 'TLSv1.2', ['TLS 1.1', 'TLS 1.2']],
    ['TLSv1.2', 'TLSv1.3', ['TLS 1.2', 'TLS 1.3']],
    ['TLSv1.2', 'TLSv1.2', ['TLS 1.2']],
    ['TLSv1.3', 'TLSv1.3', ['TLS 1.3']],
    ['TLSv1', 'TLSv1', ['TLS 1.0']],
  ] as const)('versions from %s to %s', async (minVersion, maxVersion, expected) => {
    const port = await servers.https(
      { ...server, minVersion, maxVersion, ciphers: 'DEFAULT:@SECLEVEL=0' },
      (_, response) => response.end(),
    )
    const spoken = await inspect(port)
    if (spoken.kind !== 'tls') throw new Error(spoken.kind)
    expect(
      spoken.tls.versions.filter(({ offered }) => offered === true).map(({ version }) => version),
    ).toEqual(expected)
    expect(spoken.tls.versions.filter(({ offered }) => offered === 'unknown')).toEqual([])
    expect(spoken.tls.chain[0]).toMatchObject({
      subject: 'CN=server',
      issuer: 'CN=test authority',
      names: ['127.0.0.1'],
      selfSigned: false,
    })
  })

  it('whom it asks for a client certificate', async () => {
    const other = await issueCertificate({ commonName: 'other authority', use: 'authority', minutes: 5 })
    const asking = await servers.https(
      { ...server, ca: [authority.cert, other.cert], requestCert: true, rejectUnauthorized: true },
      (_, response) => response.end(),
    )
    const silent = await servers.https(server, (_, response) => response.end())
    const hidden = await servers.https(
      { ...server, minVersion: 'TLSv1.3', ca: authority.cert, requestCert: true },
      (_, response) => response.end(),
    )
    expect(await inspect(asking)).toMatchObject({
      tls: { clientCertificate: { asked: true, authorities: ['CN=test authority', 'CN=other authority'] } },
    })
    expect(await inspect(silent)).toMatchObject({
      tls: { clientCertificate: { asked: false, authorities: [] } },
    })
    expect(await inspect(hidden)).toMatchObject({
      tls: {
        clientCertificate: { asked: 'unknown' },
        chain: [{ subject: 'CN=server' }, { subject: 'CN=test authority' }],
      },
    })
  })

  it('a chain as it is sent, and a certificate that signs itself', async () => {
    const chained = await servers.https(
      { cert: server.cert + authority.cert, key: server.key },
      (_, response) => response.end(),
    )
    const self = await servers.https(
      await issueCertificate({ commonName: 'alone', use: 'server', minutes: 5 }),
      (_, response) => response.end(),
    )
    expect(await inspect(chained)).toMatchObject({
      tls: { chain: [{ subject: 'CN=server' }, { subject: 'CN=test authority', selfSigned: true }] },
    })
    expect(await inspect(self)).toMatchObject({ tls: { chain: [{ subject: 'CN=alone', selfSigned: true }] } })
  })

  it.each([
    [
      'answers plain HTTP',
      (socket: { end(text: string): void }) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'),
      'not-tls',
    ],
    ['greets', (socket: { write(text: string): void }) => socket.write('220 mail\r\n'), 'not-tls'],
    ['says nothing', () => undefined, 'silent'],
    ['hangs up', (socket: { destroy(): void }) => socket.destroy(), 'failed'],
    ['resets', (socket: { resetAndDestroy(): void }) => socket.resetAndDestroy(), 'failed'],
    [
      'refuses every hello',
      (socket: { end(data: Buffer): void }) => socket.end(Buffer.from([21, 3, 1, 0, 2, 2, 80])),
      'failed',
    ],
    [
      'begins a record and stops',
      (socket: { write(data: Buffer): void }) => socket.write(Buffer.from([22, 3, 3, 255])),
      'silent',
    ],
  ] as const)('a server that %s', async (_name, behave, kind) => {
    const port = await servers.tcp(behave)
    expect(await inspect(port)).toMatchObject({ kind })
  })

  it('a port on which nothing listens', async () => {
    expect(await inspect(await servers.unused())).toMatchObject({
      kind: 'failed',
      failure: { kind: 'nothing-listens' },
    })
  })
})

describe('hello and flight', () => {
  it('a hello says the lengths of what is in it', () => {
    for (const version of ['TLS 1.0', 'TLS 1.1', 'TLS 1.2', 'TLS 1.3'] satisfies TlsVersion[]) {
      for (const name of ['node-1.example.com', '10.0.0.5']) {
        const hello = clientHello(version, name)
        expect(hello.readUInt16BE(3)).toBe(hello.length - 5)
        expect(hello.readUIntBE(6, 3)).toBe(hello.length - 9)
        expect(hello.includes(name)).toBe(name !== '10.0.0.5')
      }
    }
  })

  it('reads any bytes without throwing', () => {
    const record = fc
      .tuple(fc.constantFrom(21, 22), fc.uint8Array({ maxLength: 80 }))
      .map(([type, content]) =>
        Buffer.concat([Buffer.from([type, 3, 3, 0, content.length]), Buffer.from(content)]),
      )
    const message = fc
      .tuple(fc.constantFrom(2, 11, 13, 14), fc.uint8Array({ maxLength: 80 }))
      .map(([type, content]) =>
        Buffer.concat([
          Buffer.from([22, 3, 3, 0, content.length + 4, type, 0, 0, content.length]),
          Buffer.from(content),
        ]),
      )
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            record,
            message,
            fc.uint8Array().map((b) => Buffer.from(b)),
          ),
          { maxLength: 5 },
        ),
        (parts) => {
          expect(readFlight(Buffer.concat(parts))).toHaveProperty('certificates')
        },
      ),
      { numRuns: 2000 },
    )
  })

  it('passes over a warning', () => {
    const warning = Buffer.from([21, 3, 3, 0, 2, 1, 112])
    expect(readFlight(warning)).toMatchObject({ done: false, notTls: false })
    expect(readFlight(Buffer.concat([warning, Buffer.from([21, 3, 3, 0, 2, 2, 70])]))).toMatchObject({
      done: true,
      alert: 70,
    })
  })
})
