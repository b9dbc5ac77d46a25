import { createPublicKey, createVerify, X509Certificate, type KeyObject } from 'node:crypto'
import type { Bundle } from '@sigstore/bundle'
import { toSignedEntity, Verifier, type SignedEntity } from '@sigstore/verify'
import { asList, asObject, asString } from '../../model/index.js'
import type { SignatureEvidence } from '../references/reference.js'
import { pemToDer } from './certificate-text.js'
import { parseBundleText, readBundle, signedBundle } from './read-bundle.js'
import type { SignatureAnswer, SignatureFault, Signer, SignerPolicy } from './signed-by.js'
import { trustMaterial } from './trust-material.js'
import type { TrustRoot } from './trust-root.js'

/** The file that a signature is about. */
export interface SignedFile {
  readonly sha256: string
  readonly sha512: string
  /** Its bytes once more, for the signature's own digest; a file is never held whole. */
  stream(): AsyncIterable<Buffer>
}

/**
 * Verifies a published signature of a file without any request: the certificate against the trust root at the signed
 * time, the log's entry and signed time, the signature over the file's bytes, and who signed, exactly. Nothing that a
 * bundle says makes it throw.
 */
export async function verifySignature(
  evidence: Exclude<SignatureEvidence, { kind: 'absent' }>,
  file: SignedFile,
  policy: SignerPolicy,
  root: TrustRoot,
): Promise<SignatureAnswer> {
  try {
    if (evidence.kind === 'bundle') return await verifyBundle(evidence.bundle, file, policy, root)
    return await verifyPair(evidence, file, policy, root)
  } catch (error) {
    // The libraries' parsers throw whatever they stumble over.
    return fault('damaged-bundle', `it cannot be read: ${(error as Error).message.slice(0, 300)}`)
  }
}

async function verifyBundle(
  given: unknown,
  file: SignedFile,
  policy: SignerPolicy,
  root: TrustRoot,
): Promise<SignatureAnswer> {
  const parsed = typeof given === 'string' ? parseBundleText(given) : { ok: true as const, json: given }
  if (!parsed.ok) return fault('damaged-bundle', parsed.why)
  const reading = readBundle(parsed.json, file.sha256)
  if (!reading.ok) return fault('damaged-bundle', reading.why)
  const { bundle } = reading
  const leaf = leafOf(bundle)
  if (leaf === undefined)
    return fault(
      'unsupported-key',
      'it is signed with a key that only its owner knows, not with a certificate',
    )
  const other = signsOther(bundle, file)
  if (other !== undefined) return fault('other-bytes', other)
  const entity = await entityOf(bundle, leaf, file)
  if (typeof entity === 'string') return fault('unsupported-key', entity)
  const timed = entity.timestamps.some(
    (each) => each.$case === 'timestamp-authority' || each.tlogEntry.inclusionPromise !== undefined,
  )
  if (!timed) return withoutTime(entity, leaf, policy, root, 'the bundle holds no signed time')
  return asked(() => {
    const { identity } = new Verifier(trustMaterial(root.root)).verify(entity)
    return judged(identity, policy, signedAtOf(entity))
  })
}

/** Signature and certificate alone: the certificate lives for ten minutes, and nothing says that it was within them. */
async function verifyPair(
  { signature, certificate }: { readonly signature: string; readonly certificate: string },
  file: SignedFile,
  policy: SignerPolicy,
  root: TrustRoot,
): Promise<SignatureAnswer> {
  const reading = readBundle(signedBundle({ signature, certificate, digest: file.sha256 }), file.sha256)
  if (!reading.ok) return fault('damaged-bundle', reading.why)
  const leaf = new X509Certificate(pemToDer(certificate))
  const entity = await entityOf(reading.bundle, leaf, file)
  if (typeof entity === 'string') return fault('unsupported-key', entity)
  return withoutTime(
    entity,
    leaf,
    policy,
    root,
    'a signature and its certificate alone do not say when it was signed',
  )
}

function withoutTime(
  entity: SignedEntity,
  leaf: X509Certificate,
  policy: SignerPolicy,
  root: TrustRoot,
  why: string,
): SignatureAnswer {
  // The chain is judged as of the certificate's own beginning: that is what is left to say without a clock. The entry
  // below carries that time into the library, and proves nothing; thresholds of 0 say so.
  const begin = String(Math.floor(Date.parse(leaf.validFrom) / 1000))
  const atBegin = {
    logIndex: '0',
    logId: { keyId: Buffer.alloc(0) },
    kindVersion: undefined,
    integratedTime: begin,
    inclusionPromise: { signedEntryTimestamp: Buffer.alloc(0) },
    inclusionProof: undefined,
    canonicalizedBody: Buffer.alloc(0),
  }
  const bare = {
    ...entity,
    tlogEntries: [],
    timestamps: [{ $case: 'transparency-log', tlogEntry: atBegin }],
  } as unknown as SignedEntity
  const answer = asked(() => {
    const { identity } = new Verifier(trustMaterial(root.root), {
      tlogThreshold: 0,
      timestampThreshold: 0,
    }).verify(bare)
    return judged(identity, policy, undefined)
  })
  return answer.kind === 'verified' ? { kind: 'time-not-proven', signer: answer.signer, why } : answer
}

type Identity = ReturnType<Verifier['verify']>['identity']

/** DIFFERS: the library takes an expected identity as a pattern; here both have to be the very texts. */
function judged(identity: Identity, policy: SignerPolicy, signedAt: number | undefined): SignatureAnswer {
  const signer: Signer = {
    identity: identity?.subjectAlternativeName ?? '',
    issuer: identity?.extensions?.issuer ?? '',
    ...(signedAt === undefined ? {} : { signedAt }),
  }
  if (signer.issuer !== policy.issuer)
    return {
      ...fault('wrong-issuer', `\`${signer.issuer}\` vouches for who signed, not \`${policy.issuer}\``),
      signer,
    }
  if (signer.identity !== policy.identity)
    return {
      ...fault('wrong-identity', `\`${signer.identity}\` signed it, not \`${policy.identity}\``),
      signer,
    }
  return { kind: 'verified', signer }
}

function asked(ask: () => SignatureAnswer): SignatureAnswer {
  try {
    return ask()
  } catch (error) {
    const { code, message, cause } = error as { code?: string; message: string; cause?: unknown }
    const inner = cause instanceof Error ? cause.message : ''
    const [kind, why] = faultOf(code ?? '', message, inner)
    return fault(kind, why)
  }
}

/** The library's errors in our words. Source: @sigstore/verify 3.1.1 dist/verifier.js, dist/key, dist/tlog, dist/timestamp. */
function faultOf(code: string, message: string, inner: string): [SignatureFault, string] {
  if (code === 'SIGNATURE_ERROR') return ['other-bytes', 'the signature is not one over these bytes']
  if (code === 'CERTIFICATE_ERROR' && inner.includes('not valid or expired'))
    return ['expired-certificate', 'it was signed outside of the life of its certificate']
  if (code === 'CERTIFICATE_ERROR')
    return [
      'foreign-certificate',
      `its certificate is not of the authorities that are trusted (${inner === '' ? message : inner})`,
    ]
  if (code === 'TIMESTAMP_ERROR') return ['no-signed-time', `its signed time does not hold: ${message}`]
  if (code.startsWith('TLOG_')) return ['log-entry', `its entry in the log does not hold: ${message}`]
  return ['damaged-bundle', `it cannot be verified: ${message.slice(0, 300)}`]
}

function fault(kind: SignatureFault, why: string): Extract<SignatureAnswer, { kind: 'fault' }> {
  return { kind: 'fault', fault: kind, why }
}

function leafOf({ verificationMaterial: { content } }: Bundle): X509Certificate | undefined {
  const raw =
    content.$case === 'certificate'
      ? content.certificate.rawBytes
      : content.$case === 'x509CertificateChain'
        ? content.x509CertificateChain.certificates[0]?.rawBytes
        : undefined
  return raw === undefined ? undefined : new X509Certificate(raw)
}

/** HashAlgorithm of sigstore/protobuf-specs v0.5; 0 is not said, which is SHA-256. */
const HASHES: Readonly<Record<number, string>> = { 0: 'sha256', 1: 'sha256', 2: 'sha384', 3: 'sha512' }

/** That the bundle is about other bytes, where it says so itself. */
function signsOther({ content }: Bundle, file: SignedFile): string | undefined {
  if (content.$case === 'messageSignature') {
    const { algorithm, digest } = content.messageSignature.messageDigest
    const hash = HASHES[algorithm]
    const wanted = hash === 'sha512' ? file.sha512 : hash === 'sha256' ? file.sha256 : undefined
    const said = digest.toString('hex')
    return wanted === undefined || wanted === said
      ? undefined
      : `it signs bytes with the digest ${said}, not these`
  }
  const { payloadType, payload } = content.dsseEnvelope
  if (payloadType !== 'application/vnd.in-toto+json')
    return `it signs a document of the kind \`${payloadType.slice(0, 80)}\`, which says nothing of files`
  const subjects = asList(asObject(JSON.parse(payload.toString('utf8'))).subject).map((subject) =>
    asObject(asObject(subject).digest),
  )
  const fits = subjects.some(
    ({ sha256, sha512 }) =>
      asString(sha256)?.toLowerCase() === file.sha256 || asString(sha512)?.toLowerCase() === file.sha512,
  )
  return fits ? undefined : `none of its ${subjects.length} subjects has the digest of these bytes`
}

/** The signature as the library asks for it, with what is signed streamed beforehand; a text where the key is of no known kind. */
async function entityOf(
  bundle: Bundle,
  leaf: X509Certificate,
  file: SignedFile,
): Promise<SignedEntity | string> {
  const entity = toSignedEntity(bundle)
  if (bundle.content.$case !== 'messageSignature') return entity
  const { messageDigest } = bundle.content.messageSignature
  const algorithm = HASHES[messageDigest.algorithm]
  const key = leaf.publicKey
  if (algorithm === undefined || (key.asymmetricKeyType !== 'ec' && key.asymmetricKeyType !== 'rsa'))
    return `keys of the kind ${String(key.asymmetricKeyType)} over digest ${messageDigest.algorithm} are not known here`
  const verify = createVerify(algorithm)
  for await (const chunk of file.stream()) verify.update(chunk)
  const holds = verify.verify(key, entity.signature.signature)
  const { signature } = entity
  return {
    ...entity,
    signature: {
      signature: signature.signature,
      compareSignature: (other) => signature.compareSignature(other),
      compareDigest: (other) => signature.compareDigest(other),
      // The library asks with the key of the certificate whose chain it has verified.
      verifySignature: (asking) => holds && sameKey(asking, key),
    },
  }
}

function sameKey(left: KeyObject, right: KeyObject): boolean {
  const der = (key: KeyObject): Buffer =>
    createPublicKey(key.export({ type: 'spki', format: 'pem' })).export({ type: 'spki', format: 'der' })
  return der(left).equals(der(right))
}

function signedAtOf({ timestamps }: SignedEntity): number | undefined {
  const times = timestamps.map((each) =>
    each.$case === 'timestamp-authority'
      ? Math.floor(each.timestamp.signingTime.getTime() / 1000)
      : Number(each.tlogEntry.integratedTime),
  )
  return times.length === 0 ? undefined : Math.min(...times)
}
