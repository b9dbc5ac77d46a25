import 'reflect-metadata'
import { createPrivateKey, randomBytes, webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import type { CertificateRequest, Issued, KeyType } from './issue-certificate.js'

/** 3072 bits are what NIST SP 800-57 asks of RSA beyond 2030. */
const ALGORITHMS = {
  ec: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  rsa: {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 3072,
    publicExponent: new Uint8Array([1, 0, 1]),
  },
} as const
const MINUTE = 60_000
const CLOCK_SKEW = 5 * MINUTE

/**
 * Makes a key (EC P-256, or RSA) and a certificate for it.
 * Extensions follow RFC 5280, 4.2.1: authorities sign certificates alone, ends name one use.
 */
export async function writeCertificate(request: CertificateRequest): Promise<Issued> {
  const subtle = webcrypto.subtle
  x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0])
  const { issuer, names = [], keyType = 'ec' } = request
  const keys = await subtle.generateKey(ALGORITHMS[keyType], true, ['sign', 'verify'])
  const signing =
    issuer === undefined ? { key: keys.privateKey, type: keyType } : await signingKey(issuer.key)
  const signer = issuer === undefined ? undefined : new x509.X509Certificate(issuer.cert)
  const authority = request.use === 'authority'
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: [{ CN: [request.commonName] }],
    issuer: signer?.subject ?? [{ CN: [request.commonName] }],
    notBefore: new Date(Date.now() - CLOCK_SKEW),
    notAfter: new Date(Date.now() + request.minutes * MINUTE),
    publicKey: keys.publicKey,
    signingKey: signing.key,
    signingAlgorithm: { name: ALGORITHMS[signing.type].name, hash: 'SHA-256' },
    extensions: [
      new x509.BasicConstraintsExtension(authority, authority ? 0 : undefined, true),
      new x509.KeyUsagesExtension(keyUsage(request.use, keyType), true),
      ...(authority
        ? []
        : [new x509.ExtendedKeyUsageExtension([USES[request.use === 'client' ? 'client' : 'server']])]),
      ...(names.length === 0 ? [] : [new x509.SubjectAlternativeNameExtension([...names])]),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
      ...(signer === undefined ? [] : [await x509.AuthorityKeyIdentifierExtension.create(signer)]),
    ],
  })
  return { cert: `${cert.toString('pem')}\n`, key: pemOf(await subtle.exportKey('pkcs8', keys.privateKey)) }
}

/** Key encipherment is for servers with RSA keys: RFC 5246, 7.4.2. */
function keyUsage(use: CertificateRequest['use'], keyType: KeyType): x509.KeyUsageFlags {
  const { keyCertSign, digitalSignature, keyEncipherment } = x509.KeyUsageFlags
  if (use === 'authority') return keyCertSign
  const both = (digitalSignature | keyEncipherment) as x509.KeyUsageFlags
  return use === 'server' && keyType === 'rsa' ? both : digitalSignature
}

/** id-kp-serverAuth and id-kp-clientAuth. */
const USES = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2' } as const

/** Twenty bytes at most, positive (RFC 5280, 4.1.2.2). */
function serialNumber(): string {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40
  return bytes.toString('hex')
}

/** An authority's key in any form of PEM that is not encrypted; the type is the key's own. */
async function signingKey(
  pem: string,
): Promise<{ readonly key: webcrypto.CryptoKey; readonly type: KeyType }> {
  const key = createPrivateKey(pem)
  const type = key.asymmetricKeyType === 'rsa' ? 'rsa' : 'ec'
  const der = key.export({ type: 'pkcs8', format: 'der' })
  return { key: await webcrypto.subtle.importKey('pkcs8', der, ALGORITHMS[type], false, ['sign']), type }
}

function pemOf(pkcs8: ArrayBuffer): string {
  const lines =
    Buffer.from(pkcs8)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`
}
