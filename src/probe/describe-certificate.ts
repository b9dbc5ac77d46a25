import type { X509Certificate } from 'node:crypto'
import type { ProbedCertificate } from '../model/index.js'

/** A certificate in the fields that people look at. */
export function describeCertificate(certificate: X509Certificate): ProbedCertificate {
  return {
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    names: namesOf(certificate),
    notBefore: isoDate(certificate.validFrom),
    notAfter: isoDate(certificate.validTo),
    selfSigned: isSelfSigned(certificate),
    fingerprint256: certificate.fingerprint256,
  }
}

/** Node prints one attribute a line. */
function oneLine(name: string): string {
  return name === undefined ? '' : name.split('\n').join(', ')
}

/** `DNS:a, IP Address:10.0.0.1` as plain names; a name with signs that Node puts in quotes stays as it prints it. */
function namesOf({ subjectAltName }: X509Certificate): string[] {
  return (subjectAltName ?? '')
    .split(/, (?=(?:DNS|IP Address|URI|email|Registered ID|DirName|othername|X400Name|EdiPartyName):)/)
    .map((name) => name.replace(/^(?:DNS|IP Address):/, ''))
    .filter((name) => name !== '')
}

function isoDate(text: string): string {
  const time = Date.parse(text)
  return Number.isNaN(time) ? text : new Date(time).toISOString()
}

function isSelfSigned(certificate: X509Certificate): boolean {
  // OpenSSL's own `checkIssued` says no where the key usage does not allow signing; what is signed is signed.
  if (certificate.subject !== certificate.issuer) return false
  try {
    return certificate.verify(certificate.publicKey)
  } catch {
    return false
  }
}
