import type { CertificateEntry } from '../../certificates/index.js'
import type { UnreadList } from '../../model/index.js'
import { isoTime } from '../iso-time.js'

/** The certificates as JSON after `schemas/certificates.schema.json`. Times in are seconds since 1970, out ISO 8601. */
export function certsJson(
  entries: readonly CertificateEntry[],
  { now, unread }: { readonly now: number; readonly unread: readonly UnreadList[] },
): string {
  const certificates = entries.map(certificateJson)
  return `${JSON.stringify({ read: isoTime(now), certificates, unread }, undefined, 2)}\n`
}

function certificateJson(entry: CertificateEntry) {
  const { source, place, line, kind, facts, notBefore, notAfter, usedBy, key, chain, faults } = entry
  return {
    source,
    place,
    line,
    kind,
    notBefore: notBefore === undefined ? undefined : isoTime(notBefore),
    notAfter: notAfter === undefined ? undefined : isoTime(notAfter),
    facts: facts === undefined ? undefined : factsJson(facts),
    usedBy,
    key,
    chain,
    faults,
  }
}

/** Every field by name: what is read of a certificate for other commands does not come along. */
function factsJson({
  fingerprint,
  serial,
  subject,
  issuer,
  selfIssued,
  ca,
  keyKind,
  hash,
  names,
  uses,
  keyUsages,
}: NonNullable<CertificateEntry['facts']>) {
  return { fingerprint, serial, subject, issuer, selfIssued, ca, keyKind, hash, names, uses, keyUsages }
}
