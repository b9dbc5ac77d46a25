import { execFileSync } from 'node:child_process'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { decryptPrivateKey, encryptPrivateKey, isEncryptedKey } from './encrypt-private-key.js'
import { issueCertificate } from './issue-certificate.js'

const hasOpenssl = (() => {
  try {
    return execFileSync('openssl', ['version']).length > 0
  } catch {
    return false
  }
})()

describe('an encrypted private key', () => {
  it.each(['ec', 'rsa'] as const)(
    'of type %s comes back with its passphrase, and with no other',
    async (keyType) => {
      const { cert, key } = await issueCertificate({
        commonName: 'a',
        use: 'authority',
        minutes: 10,
        keyType,
      })
      const encrypted = encryptPrivateKey(key, 'correct horse')
      expect([isEncryptedKey(key), isEncryptedKey(encrypted)]).toEqual([false, true])
      expect(encrypted).not.toContain(key.split('\n')[1])
      expect(decryptPrivateKey(encrypted, 'correct horse')).toBe(key)
      expect(decryptPrivateKey(encrypted, 'correct hors')).toBeUndefined()
      expect(
        new X509Certificate(cert).checkPrivateKey(
          createPrivateKey({ key: encrypted, passphrase: 'correct horse' }),
        ),
      ).toBe(true)
    },
  )

  it.each([
    '',
    'no key',
    '-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n',
  ])('that is none (%j) is undefined', (text) => expect(decryptPrivateKey(text, 'x')).toBeUndefined())

  it.skipIf(!hasOpenssl)('is read by openssl', async () => {
    const { key } = await issueCertificate({ commonName: 'a', use: 'authority', minutes: 10 })
    const plain = execFileSync('openssl', ['pkey', '-passin', 'pass:secret'], {
      input: encryptPrivateKey(key, 'secret'),
      encoding: 'utf8',
    })
    expect(plain).toBe(key)
  })
})
