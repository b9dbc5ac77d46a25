import { createCipheriv, createPrivateKey, pbkdf2Sync, randomBytes } from 'node:crypto'

/** OWASP's number for PBKDF2 with HMAC-SHA-256 (2023); OpenSSL itself writes 2048. */
const ITERATIONS = 600_000

/** Object identifiers in DER. Source: RFC 8018, appendices A.2 to A.4, B.1.2, B.2.5. */
const PBES2 = Buffer.from('06092a864886f70d01050d', 'hex')
const PBKDF2 = Buffer.from('06092a864886f70d01050c', 'hex')
const HMAC_SHA256 = Buffer.from('06082a864886f70d02090500', 'hex')
const AES_256_CBC = Buffer.from('060960864801650304012a', 'hex')

/**
 * A private key in PEM, encrypted with a passphrase: PKCS#8 with PBES2, PBKDF2 (HMAC-SHA-256, 600,000 rounds) and
 * AES-256-CBC. OpenSSL, Go's x/crypto and Node read it.
 */
export function encryptPrivateKey(pem: string, passphrase: string): string {
  const plain = createPrivateKey(pem).export({ type: 'pkcs8', format: 'der' })
  const salt = randomBytes(16)
  const iv = randomBytes(16)
  const key = pbkdf2Sync(passphrase, salt, ITERATIONS, 32, 'sha256')
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  const encrypted = Buffer.concat([cipher.update(plain), cipher.final()])
  const rounds = Buffer.alloc(4)
  rounds.writeUInt32BE(ITERATIONS)
  const derivation = sequence(
    PBKDF2,
    sequence(element(0x04, salt), element(0x02, rounds.subarray(1)), sequence(HMAC_SHA256)),
  )
  const scheme = sequence(AES_256_CBC, element(0x04, iv))
  const der = sequence(sequence(PBES2, sequence(derivation, scheme)), element(0x04, encrypted))
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN ENCRYPTED PRIVATE KEY-----\n${lines.join('\n')}\n-----END ENCRYPTED PRIVATE KEY-----\n`
}

/** Whether a key in PEM asks for a passphrase: PKCS#8, or the older form with DEK-Info. */
export function isEncryptedKey(pem: string): boolean {
  return /-----BEGIN ENCRYPTED PRIVATE KEY-----|Proc-Type: 4,ENCRYPTED/.test(pem)
}

/** The key without its encryption (PKCS#8, PEM); undefined when the passphrase is wrong or the text is no such key. */
export function decryptPrivateKey(pem: string, passphrase: string): string | undefined {
  try {
    return createPrivateKey({ key: pem, passphrase }).export({ type: 'pkcs8', format: 'pem' }).toString()
  } catch {
    return undefined
  }
}

function sequence(...parts: readonly Buffer[]): Buffer {
  return element(0x30, Buffer.concat(parts))
}

function element(tag: number, content: Buffer): Buffer {
  const { length } = content
  const head =
    length < 0x80
      ? [tag, length]
      : length < 0x100
        ? [tag, 0x81, length]
        : [tag, 0x82, length >> 8, length & 0xff]
  return Buffer.concat([Buffer.from(head), content])
}
