import { createPrivateKey, X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { issueCertificate } from './issue-certificate.js'

const CLIENT = '1.3.6.1.5.5.7.3.2'
const SERVER = '1.3.6.1.5.5.7.3.1'

describe('certificates that are issued', () => {
  it('form a chain: an authority, a client and a server of it', async () => {
    const authority = await issueCertificate({ commonName: 'authority', use: 'authority', minutes: 60 })
    const client = await issueCertificate({
      commonName: 'a person',
      use: 'client',
      minutes: 5,
      issuer: authority,
    })
    const server = await issueCertificate({
      commonName: 'server',
      use: 'server',
      minutes: 5,
      issuer: authority,
      names: [
        { type: 'dns', value: 'node-1' },
        { type: 'ip', value: '127.0.0.1' },
      ],
    })
    const [a, c, s] = [authority, client, server].map(({ cert }) => new X509Certificate(cert))
    expect([a!.ca, c!.ca, s!.ca]).toEqual([true, false, false])
    expect([c!.checkIssued(a!), c!.verify(a!.publicKey), s!.verify(a!.publicKey)]).toEqual([true, true, true])
    expect([c!.keyUsage, s!.keyUsage]).toEqual([[CLIENT], [SERVER]])
    expect(c!.checkPrivateKey(createPrivateKey(client.key))).toBe(true)
    expect([s!.checkHost('node-1'), s!.checkIP('127.0.0.1'), s!.checkHost('node-2')]).toEqual([
      'node-1',
      '127.0.0.1',
      undefined,
    ])
    const life = Date.parse(c!.validTo) - Date.now()
    expect(life).toBeGreaterThan(4 * 60_000)
    expect(life).toBeLessThan(6 * 60_000)
  })

  it.each([
    ['rsa', 'rsa'],
    ['ec', 'rsa'],
    ['rsa', 'ec'],
  ] as const)('by an authority with an %s key for a server with an %s key', async (ofAuthority, ofServer) => {
    const issuer = await issueCertificate({
      commonName: 'authority',
      use: 'authority',
      minutes: 60,
      keyType: ofAuthority,
    })
    const server = await issueCertificate({
      commonName: 's',
      use: 'server',
      minutes: 5,
      keyType: ofServer,
      issuer,
    })
    const [a, s] = [issuer, server].map(({ cert }) => new X509Certificate(cert))
    expect(s!.verify(a!.publicKey)).toBe(true)
    expect(s!.publicKey.asymmetricKeyType).toBe(ofServer)
    if (ofServer === 'rsa') expect(s!.publicKey.asymmetricKeyDetails?.modulusLength).toBe(3072)
  })

  it('have serial numbers of their own', async () => {
    const make = (): Promise<{ cert: string }> =>
      issueCertificate({ commonName: 'x', use: 'client', minutes: 5 })
    const serials = (await Promise.all([make(), make(), make()])).map(
      ({ cert }) => new X509Certificate(cert).serialNumber,
    )
    expect(new Set(serials).size).toBe(3)
  })
})
