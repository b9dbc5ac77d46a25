import { createHash, generateKeyPairSync, sign, type KeyPairKeyObjectResult } from 'node:crypto'
import { initializeCA, initializeCTLog, initializeTLog } from '@sigstore/mock'

/** A Sigstore instance for one test: certificate authority, certificate log, signature log. */
export interface SigstoreInstance {
  /** Its trusted_root.json. */
  readonly root: string
  /** Signs bytes as `identity`, and gives what a publisher would. */
  sign(bytes: Buffer, options?: SignOptions): Promise<PublishedSignature>
}

export interface SignOptions {
  readonly identity?: string
  readonly issuer?: string
  /** When the log took the entry, after the certificate began; a minute where it is not said. */
  readonly minutesLater?: number
}

export interface PublishedSignature {
  /** Base64, as `.sig` holds it. */
  readonly signature: string
  /** PEM. */
  readonly certificate: string
  /** A bundle of version 0.3. */
  readonly bundle: SigstoreBundleJson
  /** The answer of Rekor's API. */
  readonly entry: Record<string, RekorEntry>
}

export interface RekorEntry {
  readonly body: string
  readonly integratedTime: number
  readonly logID: string
  readonly logIndex: number
  readonly verification: {
    readonly signedEntryTimestamp: string
    readonly inclusionProof: {
      readonly checkpoint: string
      readonly hashes: readonly string[]
      readonly logIndex: number
      readonly rootHash: string
      readonly treeSize: number
    }
  }
}

export interface SigstoreBundleJson {
  mediaType: string
  verificationMaterial: {
    certificate: { rawBytes: string }
    tlogEntries: {
      logIndex: string
      inclusionPromise?: { signedEntryTimestamp: string }
      [key: string]: unknown
    }[]
  }
  messageSignature: { messageDigest: { algorithm: string; digest: string }; signature: string }
}

export const KREL = 'krel-staging@k8s-releng-prod.iam.gserviceaccount.com'
export const GOOGLE = 'https://accounts.google.com'

const MINUTE = 60_000
const keys = (namedCurve: string): KeyPairKeyObjectResult => generateKeyPairSync('ec', { namedCurve })

/** Makes an instance that nobody else trusts. */
export async function sigstoreInstance(): Promise<SigstoreInstance> {
  const clock = new Date(Math.floor(Date.now() / 1000) * 1000)
  const log = keys('P-256')
  const ctlog = await initializeCTLog(keys('P-256'), clock)
  // The clock of certificates is ahead of the authority's own beginning, which is this moment.
  const issued = new Date(clock.getTime() + MINUTE)
  const ca = await initializeCA(keys('P-384'), ctlog, issued)
  const start = new Date(clock.getTime() - MINUTE).toISOString()
  const bytesOf = (view: ArrayBufferView): string =>
    Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('base64')
  const logKey = log.publicKey.export({ type: 'spki', format: 'der' })
  const key = (raw: Buffer): object => ({
    rawBytes: raw.toString('base64'),
    keyDetails: 'PKIX_ECDSA_P256_SHA_256',
    validFor: { start },
  })
  const root = {
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: [
      {
        baseUrl: 'https://rekor.test',
        hashAlgorithm: 'SHA2_256',
        publicKey: key(logKey),
        logId: { keyId: createHash('sha256').update(logKey).digest('base64') },
      },
    ],
    certificateAuthorities: [
      {
        subject: { organization: 'sigstore.mock', commonName: 'sigstore' },
        uri: 'https://fulcio.test',
        certChain: { certificates: [{ rawBytes: bytesOf(ca.rootCertificate) }] },
        validFor: { start },
      },
    ],
    ctlogs: [
      {
        baseUrl: 'https://ctfe.test',
        hashAlgorithm: 'SHA2_256',
        publicKey: key(ctlog.publicKey),
        logId: { keyId: bytesOf(ctlog.logID) },
      },
    ],
    timestampAuthorities: [],
  }
  return {
    root: JSON.stringify(root),
    async sign(bytes, { identity = KREL, issuer = GOOGLE, minutesLater = 1 } = {}) {
      const signer = keys('P-256')
      const raw = bytesOf(
        await ca.issueCertificate({
          publicKey: signer.publicKey.export({ type: 'spki', format: 'der' }),
          subjectAltName: identity,
          extensions: [
            { oid: '1.3.6.1.4.1.57264.1.1', value: issuer, legacy: true },
            { oid: '1.3.6.1.4.1.57264.1.8', value: issuer },
          ],
        }),
      )
      const certificate = `-----BEGIN CERTIFICATE-----\n${raw.match(/.{1,64}/g)?.join('\n') ?? ''}\n-----END CERTIFICATE-----\n`
      const signature = sign('sha256', bytes, signer.privateKey).toString('base64')
      const digest = createHash('sha256').update(bytes)
      const hex = digest.copy().digest('hex')
      const tlog = await initializeTLog(
        'https://rekor.test',
        log,
        new Date(issued.getTime() + minutesLater * MINUTE),
      )
      const entry = (await tlog.log({
        apiVersion: '0.0.1',
        kind: 'hashedrekord',
        spec: {
          data: { hash: { algorithm: 'sha256', value: hex } },
          signature: {
            content: signature,
            publicKey: { content: Buffer.from(certificate).toString('base64') },
          },
        },
      })) as unknown as Record<string, RekorEntry>
      const [said] = Object.values(entry)
      if (said === undefined) throw new Error('the log gave no entry')
      const { inclusionProof, signedEntryTimestamp } = said.verification
      return {
        signature,
        certificate,
        entry,
        bundle: {
          mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
          verificationMaterial: {
            certificate: { rawBytes: raw },
            tlogEntries: [
              {
                logIndex: String(said.logIndex),
                logId: { keyId: Buffer.from(said.logID, 'hex').toString('base64') },
                kindVersion: { kind: 'hashedrekord', version: '0.0.1' },
                integratedTime: String(said.integratedTime),
                inclusionPromise: { signedEntryTimestamp },
                inclusionProof: {
                  logIndex: String(inclusionProof.logIndex),
                  treeSize: String(inclusionProof.treeSize),
                  rootHash: Buffer.from(inclusionProof.rootHash, 'hex').toString('base64'),
                  hashes: [],
                  checkpoint: { envelope: inclusionProof.checkpoint },
                },
                canonicalizedBody: said.body,
              },
            ],
          },
          messageSignature: {
            messageDigest: { algorithm: 'SHA2_256', digest: digest.digest('base64') },
            signature,
          },
        },
      }
    },
  }
}
