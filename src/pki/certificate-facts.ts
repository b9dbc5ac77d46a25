import { createHash, type KeyObject, type X509Certificate } from 'node:crypto'
import { certificatesOf, subjectOf } from './ca-bundle.js'
import { keyUsages } from './key-usage.js'
import { signatureAlgorithm } from './signature-algorithm.js'

/** What checks ask of one certificate. Times are seconds since 1970. */
export interface CertificateFacts {
  /** SHA-256 of the whole certificate, in hex. */
  readonly fingerprint: string
  /** SHA-256 of its public key (SubjectPublicKeyInfo), in hex; undefined for keys that Node cannot read. */
  readonly publicKey: string | undefined
  readonly user: string
  readonly groups: readonly string[]
  /** Subject and issuer in one line. */
  readonly subject: string
  readonly issuer: string
  readonly notBefore: number
  readonly notAfter: number
  /** basicConstraints CA. */
  readonly ca: boolean
  readonly selfIssued: boolean
  /** `rsa`, `ec`, `ed25519`, ...; undefined for keys that Node cannot read. */
  readonly keyType: string | undefined
  /** Bits of an RSA key. */
  readonly rsaBits: number | undefined
  /** The hash that the signature is made with, `SHA-1`; undefined for one that is not among the known. */
  readonly hash: string | undefined
  /** Object identifiers of extendedKeyUsage; undefined where the extension is absent. */
  readonly uses: readonly string[] | undefined
  /** Whether there is a subjectAltName. */
  readonly hasNames: boolean
  /** The names in it, as `DNS:kubernetes` and `IP Address:10.96.0.1`. */
  readonly names: readonly string[]
  /** What its key may do, in words; undefined where keyUsage is absent. */
  readonly keyUsages: readonly string[] | undefined
  /** In hex. */
  readonly serial: string
  /** The key in words: `RSA 2048`, `EC prime256v1`, `ed25519`. */
  readonly keyKind: string
}

/** id-kp-serverAuth. */
export const SERVER_AUTH = '1.3.6.1.5.5.7.3.1'
/** id-kp-clientAuth. */
export const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2'
/** anyExtendedKeyUsage. */
export const ANY_USE = '2.5.29.37.0'

/** A file of system authorities holds hundreds; more are not judged. */
const MOST = 50

/** The certificates of a PEM text, in order. */
export function certificateFacts(pem: string): CertificateFacts[] {
  return certificatesOf(pem).slice(0, MOST).map(factsOf)
}

/** SHA-256 of a key's SubjectPublicKeyInfo, in hex. */
export function publicKeyFingerprint(key: KeyObject): string {
  return createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest('hex')
}

function factsOf(certificate: X509Certificate): CertificateFacts {
  const key = publicKeyOf(certificate)
  const { user, groups } = subjectOf(certificate)
  // Node names extendedKeyUsage so; the types say that it is always there.
  const uses = certificate.keyUsage as string[] | undefined
  return {
    fingerprint: createHash('sha256').update(certificate.raw).digest('hex'),
    publicKey: key === undefined ? undefined : publicKeyFingerprint(key),
    user,
    groups,
    subject: oneLine(certificate.subject),
    issuer: oneLine(certificate.issuer),
    notBefore: seconds(certificate.validFrom),
    notAfter: seconds(certificate.validTo),
    ca: certificate.ca,
    selfIssued: certificate.subject === certificate.issuer,
    keyType: key?.asymmetricKeyType,
    rsaBits: key?.asymmetricKeyType === 'rsa' ? key.asymmetricKeyDetails?.modulusLength : undefined,
    hash: signatureAlgorithm(certificate.raw),
    uses,
    hasNames: (certificate.subjectAltName ?? '') !== '',
    names: namesOf(certificate.subjectAltName ?? ''),
    keyUsages: keyUsages(certificate.raw),
    serial: certificate.serialNumber.toLowerCase(),
    keyKind: keyInWords(key),
  }
}

const MOST_NAMES = 200

/** Node puts a comma and a blank between names, and quotes those that hold one. */
function namesOf(text: string): string[] {
  return (text.match(/(?:[^,"]|"(?:[^"\\]|\\.){0,1000}"){1,1000}/g) ?? [])
    .slice(0, MOST_NAMES)
    .map((name) => name.trim())
    .filter((name) => name !== '')
}

function keyInWords(key: KeyObject | undefined): string {
  if (key === undefined) return 'of an unknown kind'
  const { modulusLength, namedCurve } = key.asymmetricKeyDetails ?? {}
  if (key.asymmetricKeyType === 'rsa') return `RSA ${modulusLength ?? '?'}`
  if (key.asymmetricKeyType === 'ec') return `EC ${namedCurve ?? '?'}`
  return key.asymmetricKeyType ?? 'of an unknown kind'
}

function publicKeyOf(certificate: X509Certificate): KeyObject | undefined {
  try {
    return certificate.publicKey
  } catch {
    return undefined
  }
}

/** A name may hold line breaks and more; it is shown, so it is kept short and on one line. */
function oneLine(name: string | undefined): string {
  return (name ?? '').split('\n').join(', ').slice(0, 300)
}

/** `Nov  1 00:00:00 2026 GMT`. */
function seconds(date: string): number {
  return Math.floor(Date.parse(date) / 1000)
}
