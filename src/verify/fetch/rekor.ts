import {
  asList,
  asNumber,
  asObject,
  asString,
  asStrings,
  RampartError,
  type JsonObject,
  type JsonValue,
} from '../../model/index.js'
import { tlogEntry } from '../sigstore/read-bundle.js'
import { httpRequest } from './http-get.js'

const MOST_BYTES = 4 << 20
/** As many entries as Rekor gives at once. Source: sigstore/rekor v1 openapi.yaml, SearchLogQuery maxItems. */
const AT_ONCE = 10
const MOST_ENTRIES = 200

/**
 * Finds the entry of a signature in a log of the API of Rekor v1, as a bundle holds it; undefined where the log has none.
 * What it says is not believed here: its promise and proof are verified with the file, offline.
 */
export async function findLogEntry(
  rekorUrl: string,
  sha256: string,
  signature: string,
  timeoutMs: number,
): Promise<JsonObject | undefined> {
  const base = rekorUrl.replace(/\/+$/, '')
  const ids = asStrings(await ask(`${base}/api/v1/index/retrieve`, { hash: `sha256:${sha256}` }, timeoutMs))
  for (let at = 0; at < Math.min(ids.length, MOST_ENTRIES); at += AT_ONCE) {
    const answer = await ask(
      `${base}/api/v1/log/entries/retrieve`,
      { entryUUIDs: ids.slice(at, at + AT_ONCE) },
      timeoutMs,
    )
    for (const group of asList(answer))
      for (const value of Object.values(asObject(group))) {
        const entry = asObject(value)
        if (signatureIn(asString(entry.body) ?? '') === bytes(signature)) return converted(entry)
      }
  }
  return undefined
}

const bytes = (base64: string | undefined): string | undefined =>
  base64 === undefined ? undefined : Buffer.from(base64, 'base64').toString('hex')

function signatureIn(body: string): string | undefined {
  try {
    const { spec } = asObject(JSON.parse(Buffer.from(body, 'base64').toString('utf8')))
    return bytes(asString(asObject(asObject(spec).signature).content))
  } catch {
    return undefined
  }
}

function converted(entry: JsonObject): JsonObject {
  const { inclusionProof, signedEntryTimestamp } = asObject(entry.verification)
  const proof = asObject(inclusionProof)
  const base64 = (hex: JsonValue | undefined): string =>
    Buffer.from(asString(hex) ?? '', 'hex').toString('base64')
  const checkpoint = asString(proof.checkpoint)
  return tlogEntry({
    body: asString(entry.body) ?? '',
    integratedTime: asNumber(entry.integratedTime) ?? 0,
    logIndex: asNumber(entry.logIndex) ?? 0,
    logId: asString(entry.logID) ?? '',
    ...(typeof signedEntryTimestamp === 'string' ? { promise: signedEntryTimestamp } : {}),
    ...(checkpoint === undefined
      ? {}
      : {
          proof: {
            logIndex: String(asNumber(proof.logIndex) ?? 0),
            treeSize: String(asNumber(proof.treeSize) ?? 0),
            rootHash: base64(proof.rootHash),
            hashes: asList(proof.hashes).map(base64),
            checkpoint: { envelope: checkpoint },
          },
        }),
  })
}

async function ask(url: string, question: JsonObject, timeoutMs: number): Promise<unknown> {
  const { status, body } = await httpRequest(
    new URL(url),
    { timeoutMs, maxBytes: MOST_BYTES },
    JSON.stringify(question),
  )
  if (status !== 200) throw new RampartError('unreachable', `${url} answered with status ${status}`)
  try {
    return JSON.parse(body.toString('utf8'))
  } catch (error) {
    throw new RampartError('unreachable', `${url} did not answer with JSON: is it a Rekor server?`, {
      cause: error,
    })
  }
}
