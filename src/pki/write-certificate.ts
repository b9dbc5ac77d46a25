import 'reflect-metadata'
import { randomBytes, webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'
import type { CertificateRequest, Issued } from './issue-certificate.js'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }
const SIGNING = { name: 'ECDSA', hash: 'SHA-256' }
const MINUTE = 60_000
const CLOCK_SKEW = 5 * MINUTE

/**
 * Makes a key (EC P-256) and a certificate for it.
 * Extensions follow RFC 5280, 4.2.1: authorities sign certificates alone, ends name one use.
 */
export async function writeCertificate(request: CertificateRequest): Promise<Issued> {
  const subtle = webcrypto.subtle
  x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0])
  const keys = await subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const { issuer, names = [] } = request
  const signer = issuer === undefined ? undefined : new x509.X509Certificate(issuer.cert)
  const authority = request.use === 'authority'
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: [{ CN: [request.commonName] }],
    issuer: signer?.subject ?? [{ CN: [request.commonName] }],
    notBefore: new Date(Date.now() - CLOCK_SKEW),
    notAfter: new Date(Date.now() + request.minutes * MINUTE),
    publicKey: keys.publicKey,
    signingKey: issuer === undefined ? keys.privateKey : await signingKey(issuer.key),
    signingAlgorithm: SIGNING,
    extensions: [
      new x509.BasicConstraintsExtension(authority, authority ? 0 : undefined, true),
      new x509.KeyUsagesExtension(
        authority ? x509.KeyUsageFlags.keyCertSign : x509.KeyUsageFlags.digitalSignature,
        true,
      ),
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

/** id-kp-serverAuth and id-kp-clientAuth. */
const USES = { server: '1.3.6.1.5.5.7.3.1', client: '1.3.6.1.5.5.7.3.2' } as const

/** Twenty bytes at most, positive (RFC 5280, 4.1.2.2). */
function serialNumber(): string {
  const bytes = randomBytes(16)
  bytes[0] = ((bytes[0] ?? 0) & 0x7f) | 0x40
  return bytes.toString('hex')
}

async function signingKey(pem: string): Promise<webcrypto.CryptoKey> {
  const der = Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64')
  return webcrypto.subtle.importKey('pkcs8', der, ALGORITHM, false, ['sign'])
}

function pemOf(pkcs8: ArrayBuffer): string {
  const lines =
    Buffer.from(pkcs8)
      .toString('base64')
      .match(/.{1,64}/g) ?? []
  return `-----BEGIN PRIVATE KEY-----\n${lines.join('\n')}\n-----END PRIVATE KEY-----\n`
}
