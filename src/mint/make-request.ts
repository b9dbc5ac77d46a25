import 'reflect-metadata'
import { webcrypto } from 'node:crypto'
import * as x509 from '@peculiar/x509'

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' }

/**
 * A key, made here and never sent, and the request for a certificate of it. The common name becomes the user, the
 * organizations its groups.
 */
export async function makeCertificateRequest(
  user: string,
  groups: readonly string[],
): Promise<{ readonly key: string; readonly request: string }> {
  x509.cryptoProvider.set(webcrypto as unknown as Parameters<typeof x509.cryptoProvider.set>[0])
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify'])
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: [{ CN: [user] }, ...groups.map((group) => ({ O: [group] }))],
    keys,
    signingAlgorithm: ALGORITHM,
  })
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey))
  return { key: pem('PRIVATE KEY', der), request: pem('CERTIFICATE REQUEST', Buffer.from(request.rawData)) }
}

function pem(label: string, der: Buffer): string {
  const lines = der.toString('base64').match(/.{1,64}/g) ?? []
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`
}
