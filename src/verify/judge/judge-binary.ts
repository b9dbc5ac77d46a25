import type { SignerPolicy, SignatureAnswer } from '../sigstore/signed-by.js'
import type { TrustRoot } from '../sigstore/trust-root.js'
import { verifySignature, type SignedFile } from '../sigstore/verify-signature.js'
import type { Reference } from '../references/reference.js'
import { labelOf, matchReference, type Candidate } from './match-reference.js'
import type { Verdict } from './verdict.js'

/** What a program is judged by. */
export interface JudgeBasis {
  readonly references: readonly Reference[]
  readonly policy: SignerPolicy
  readonly root: TrustRoot
}

/** Compares a program with what is published, and verifies its signature where one is at hand. */
export async function judgeBinary(
  candidate: Candidate,
  stream: SignedFile['stream'],
  { references, policy, root }: JudgeBasis,
): Promise<Verdict> {
  // Evidence without any checksum is about whatever file it stands beside.
  const beside = references.find(
    ({ name, sha256, sha512, signature }) =>
      name === candidate.name && sha256 === undefined && sha512 === undefined && signature !== undefined,
  )
  const match = matchReference(
    candidate,
    references.filter((each) => each !== beside),
  )
  if (match.kind === 'verdict' && beside === undefined) return match.verdict
  // A checksum that does not fit is an answer; only a missing one leaves the signature to speak alone.
  if (match.kind === 'verdict' && match.verdict.state === 'mismatch') return match.verdict
  const fitting = match.kind === 'fits' ? match.reference : undefined
  const evidence = beside?.signature ?? fitting?.signature
  const known: Partial<Verdict> =
    fitting === undefined
      ? {}
      : {
          reference: fitting.from,
          ...(fitting.version === undefined ? {} : { provenVersion: fitting.version }),
        }
  if (evidence === undefined || evidence.kind === 'absent') return byChecksum(fitting, evidence?.from, known)
  const { digests } = candidate
  const answer = await verifySignature(
    evidence,
    { sha256: digests.sha256, sha512: digests.sha512, stream },
    policy,
    root,
  )
  return { ...known, reference: evidence.from, ...bySignature(answer, fitting) }
}

function byChecksum(
  fitting: Reference | undefined,
  absent: string | undefined,
  known: Partial<Verdict>,
): Verdict {
  const label = fitting === undefined ? 'it' : labelOf(fitting)
  const digests = [
    ...(fitting?.sha256 === undefined ? [] : ['sha256']),
    ...(fitting?.sha512 === undefined ? [] : ['sha512']),
  ].join(' and ')
  if (absent !== undefined)
    return {
      state: 'unsigned',
      reason: `its ${digests} is that of ${label}; no signature of it was published`,
      ...known,
    }
  return {
    state: 'checksum-only',
    reason: `its ${digests} is that of ${label}; published checksums are not signed, so this is as good as the way they came`,
    ...known,
  }
}

function bySignature(answer: SignatureAnswer, fitting: Reference | undefined): Verdict {
  const checksum = fitting === undefined ? '' : `; its checksum is that of ${labelOf(fitting)}`
  switch (answer.kind) {
    case 'verified':
      return {
        state: 'verified',
        reason: `signed by ${answer.signer.identity}${answer.signer.signedAt === undefined ? '' : ` at ${new Date(answer.signer.signedAt * 1000).toISOString()}`}${checksum}`,
        signer: answer.signer,
      }
    case 'time-not-proven':
      return {
        state: 'time-not-proven',
        reason: `${answer.why}: signed by ${answer.signer.identity}${checksum}`,
        signer: answer.signer,
      }
    case 'fault': {
      const open = answer.fault === 'damaged-bundle' || answer.fault === 'unsupported-key'
      return {
        state: open ? 'not-checked' : 'mismatch',
        fault: answer.fault,
        reason: `its signature ${open ? 'could not be checked' : 'does not hold'}: ${answer.why}${checksum}`,
        ...(answer.signer === undefined ? {} : { signer: answer.signer }),
      }
    }
  }
}
