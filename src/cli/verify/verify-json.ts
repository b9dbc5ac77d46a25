import type { VerifyEntry } from '../../verify/index.js'
import { isoTime } from '../iso-time.js'

/** What every entry was judged by. */
export interface VerifyBasis {
  readonly trustRoot: string
  readonly identity: string
  readonly issuer: string
}

/** The programs and images as JSON after `schemas/verify-result.schema.json`. */
export function verifyJson(entries: readonly VerifyEntry[], basis: VerifyBasis): string {
  const { trustRoot, identity, issuer } = basis
  return `${JSON.stringify({ trustRoot, identity, issuer, results: entries.map(entryJson) }, undefined, 2)}\n`
}

function entryJson(entry: VerifyEntry) {
  const { kind, name, host, place, state, reason, fault, command, reference, signer, provenVersion } = entry
  const { version, architecture, sha256, sha512, digest, processes, package: record } = entry
  return {
    kind,
    name,
    host,
    place,
    state,
    reason,
    fault,
    command,
    reference,
    signer: signer === undefined ? undefined : signerJson(signer),
    version,
    provenVersion,
    architecture,
    sha256,
    sha512,
    digest,
    processes: processes?.map(({ pid, replaced }) => ({ pid, replaced })),
    package:
      record === undefined
        ? undefined
        : { package: record.package, version: record.version, md5: record.md5, fits: record.fits },
  }
}

function signerJson({ identity, issuer, signedAt }: NonNullable<VerifyEntry['signer']>) {
  return { identity, issuer, signedAt: signedAt === undefined ? undefined : isoTime(signedAt) }
}
