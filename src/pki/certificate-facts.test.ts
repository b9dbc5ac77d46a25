import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { CERTIFICATES, seedKey } from '../checks/certificates/example-certificates.js'
import { certificateFacts, publicKeyFingerprint, SERVER_AUTH } from './certificate-facts.js'
import { privateKeyFingerprints } from './private-keys.js'
import { signatureAlgorithm } from './signature-algorithm.js'

describe('facts of certificates', () => {
  it('tells subject, dates, uses, names, key and signature', () => {
    expect(certificateFacts(CERTIFICATES.weakServer)).toMatchObject([
      {
        user: 'node-1',
        ca: false,
        selfIssued: false,
        keyType: 'rsa',
        rsaBits: 1024,
        hash: 'SHA-256',
        uses: [SERVER_AUTH],
        hasNames: true,
        notBefore: Date.UTC(2026, 5, 1) / 1000,
        notAfter: Date.UTC(2027, 5, 1) / 1000,
      },
    ])
    expect(certificateFacts(CERTIFICATES.sha1Server)[0]?.hash).toBe('SHA-1')
    expect(certificateFacts(CERTIFICATES.clusterCa)[0]).toMatchObject({
      ca: true,
      selfIssued: true,
      uses: undefined,
      hasNames: false,
      keyType: 'ec',
      rsaBits: undefined,
    })
    expect(certificateFacts(CERTIFICATES.master)[0]).toMatchObject({
      groups: ['system:masters'],
      subject: 'O=system:masters, CN=alice',
    })
  })

  it('passes over what is no certificate, and never throws', () => {
    expect(certificateFacts('')).toEqual([])
    expect(certificateFacts('-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----')).toEqual([])
    const broken = CERTIFICATES.server.replace(/^M/m, 'N')
    expect(() => certificateFacts(broken + CERTIFICATES.client)).not.toThrow()
    for (const bytes of [[], [0x30], [0x30, 0x84, 0xff, 0xff, 0xff, 0xff], [0x30, 0x03, 0x30, 0x01, 0x00]])
      expect(signatureAlgorithm(Buffer.from(bytes))).toBeUndefined()
  })

  it('looks at no more than fifty', () => {
    expect(certificateFacts(CERTIFICATES.server.repeat(60))).toHaveLength(50)
  })
})

describe('public halves of private keys', () => {
  it('are those of the certificates that they belong to', () => {
    const [facts] = certificateFacts(CERTIFICATES.seedServer)
    expect(privateKeyFingerprints(`${CERTIFICATES.seedServer}${seedKey(1)}`)).toEqual([facts?.publicKey])
    expect(privateKeyFingerprints(seedKey(2))).not.toEqual([facts?.publicKey])
  })

  it('are read from PKCS 1, SEC 1 and kubeconfigs too', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const sec1 = privateKey.export({ type: 'sec1', format: 'pem' }).toString()
    const data = Buffer.from(sec1).toString('base64')
    const wanted = [publicKeyFingerprint(publicKey)]
    expect(privateKeyFingerprints(sec1)).toEqual(wanted)
    expect(privateKeyFingerprints(`users:\n- user:\n    client-key-data: ${data}\n`)).toEqual(wanted)
    expect(privateKeyFingerprints(`{"client-key-data": "${data}"}`)).toEqual(wanted)
  })

  it('are left out where a key is encrypted, damaged or endless', () => {
    const key = createPrivateKey(seedKey(1))
    const encrypted = key.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
    expect(privateKeyFingerprints(encrypted.toString())).toEqual([])
    expect(privateKeyFingerprints(seedKey(1).replace('MC4', 'MC5'))).toEqual([])
    expect(privateKeyFingerprints(`-----BEGIN ${'A'.repeat(100_000)}`)).toEqual([])
    expect(privateKeyFingerprints(seedKey(1).repeat(30))).toHaveLength(20)
    expect(publicKeyFingerprint(createPublicKey(key))).toMatch(/^[0-9a-f]{64}$/)
  })
})
