import { bundleFromJSON, type Bundle } from '@sigstore/bundle'
import { asNumber, asObject, asString, isObject, type JsonObject } from '../../model/index.js'
import { pemToDer } from './certificate-text.js'

/** A bundle, or why the text is none. */
export type BundleReading =
  { readonly ok: true; readonly bundle: Bundle } | { readonly ok: false; readonly why: string }

/** The JSON behind a bundle's text; a text that is cut off is told as such. */
export function parseBundleText(
  text: string,
): { readonly ok: true; readonly json: unknown } | { readonly ok: false; readonly why: string } {
  try {
    return { ok: true, json: JSON.parse(text) }
  } catch (error) {
    const cut = /^\s*\{/.test(text) && !/\}\s*$/.test(text)
    return {
      ok: false,
      why: cut ? 'it is cut off: its JSON does not end' : `it is not JSON: ${(error as Error).message}`,
    }
  }
}

/**
 * Reads a bundle in any of its forms: Sigstore's own (`.sigstore`, `.sigstore.json`, versions 0.1 to 0.3), cosign's
 * `--bundle` before version 3, and the log entry that cosign keeps beside a signature. `digest` is the SHA-256 of the
 * file, which cosign's forms do not hold.
 */
export function readBundle(json: unknown, digest: string): BundleReading {
  if (!isObject(json)) return { ok: false, why: 'it is not a JSON object' }
  try {
    return { ok: true, bundle: bundleFromJSON(asSigstoreBundle(json, digest)) }
  } catch (error) {
    return { ok: false, why: `it is damaged: ${(error as Error).message.slice(0, 300)}` }
  }
}

function asSigstoreBundle(json: JsonObject, digest: string): JsonObject {
  if (isObject(json.rekorBundle) && typeof json.base64Signature === 'string')
    return fromCosign(json.rekorBundle, json.base64Signature, asString(json.cert) ?? '', digest)
  if (typeof json.SignedEntryTimestamp === 'string' && isObject(json.Payload)) {
    const { signature, certificate } = signatureInEntry(asString(json.Payload.body) ?? '')
    return fromCosign(json, signature, certificate, digest)
  }
  return withoutBareProofs(json)
}

/** Source: cosign v2.6 pkg/cosign/fetch.go LocalSignedPayload, pkg/cosign/bundle/rekor.go RekorBundle. */
function fromCosign(rekor: JsonObject, signature: string, certificate: string, digest: string): JsonObject {
  const payload = asObject(rekor.Payload)
  return signedBundle({
    signature,
    certificate,
    digest,
    entry: tlogEntry({
      body: asString(payload.body) ?? '',
      integratedTime: asNumber(payload.integratedTime) ?? 0,
      logIndex: asNumber(payload.logIndex) ?? 0,
      logId: asString(payload.logID) ?? '',
      promise: asString(rekor.SignedEntryTimestamp) ?? '',
    }),
  })
}

/** What a `hashedrekord` holds: the signature and the certificate that it is about. */
function signatureInEntry(body: string): { readonly signature: string; readonly certificate: string } {
  const spec = asObject(asObject(JSON.parse(Buffer.from(body, 'base64').toString('utf8'))).spec)
  const signature = asObject(spec.signature)
  return {
    signature: asString(signature.content) ?? '',
    certificate: asString(asObject(signature.publicKey).content) ?? '',
  }
}

/** A log entry, in the words of both of its sources. */
export interface LogEntry {
  /** Base64 of the entry. */
  readonly body: string
  /** Seconds since 1970. */
  readonly integratedTime: number
  readonly logIndex: number
  /** Hex of the log's key id. */
  readonly logId: string
  /** Base64 of the log's signature over the entry and its time. */
  readonly promise?: string
  readonly proof?: JsonObject
}

/** A log entry as a bundle holds it. */
export function tlogEntry({ body, integratedTime, logIndex, logId, promise, proof }: LogEntry): JsonObject {
  const said = asObject(JSON.parse(Buffer.from(body, 'base64').toString('utf8')))
  return {
    logIndex: String(logIndex),
    logId: { keyId: Buffer.from(logId, 'hex').toString('base64') },
    kindVersion: { kind: asString(said.kind) ?? '', version: asString(said.apiVersion) ?? '' },
    integratedTime: String(integratedTime),
    canonicalizedBody: body,
    ...(promise === undefined ? {} : { inclusionPromise: { signedEntryTimestamp: promise } }),
    ...(proof === undefined ? {} : { inclusionProof: proof }),
  }
}

/** A bundle of parts that were published apart. Version 0.1 asks for the log's promise, and no proof. */
export function signedBundle(parts: {
  readonly signature: string
  /** PEM, or base64 of it. */
  readonly certificate: string
  readonly digest: string
  readonly entry?: JsonObject
}): JsonObject {
  const rawBytes = pemToDer(parts.certificate).toString('base64')
  return {
    mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.1',
    verificationMaterial: {
      x509CertificateChain: { certificates: [{ rawBytes }] },
      tlogEntries: parts.entry === undefined ? [] : [parts.entry],
    },
    messageSignature: {
      messageDigest: { algorithm: 'SHA2_256', digest: Buffer.from(parts.digest, 'hex').toString('base64') },
      signature: parts.signature.trim(),
    },
  }
}

/**
 * Bundles of version 0.1 may hold a proof without the signed checkpoint that it leads to. Such a proof proves nothing: it
 * is left out, and the log's signed promise has to stand alone, as version 0.1 wants it.
 * Source: sigstore/protobuf-specs v0.5 protos/sigstore_bundle.proto, "0.1: inclusion_promise required".
 */
function withoutBareProofs(json: JsonObject): JsonObject {
  if (asString(json.mediaType)?.endsWith('version=0.1') !== true || !isObject(json.verificationMaterial))
    return json
  const entries = json.verificationMaterial.tlogEntries
  if (!Array.isArray(entries)) return json
  const kept = entries.map((entry) => {
    if (!isObject(entry) || !isObject(entry.inclusionPromise) || !isObject(entry.inclusionProof)) return entry
    if (isObject(entry.inclusionProof.checkpoint)) return entry
    const { inclusionProof: _, ...rest } = entry
    return rest
  })
  return { ...json, verificationMaterial: { ...json.verificationMaterial, tlogEntries: kept } }
}
