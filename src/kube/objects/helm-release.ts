import { gunzipSync } from 'node:zlib'
import { asString, field, isObject, type JsonObject, type ObjectRef } from '../../model/index.js'
import { readYaml } from '../../text/index.js'
import { refOf } from './ref-of.js'

/** Of a release that unpacks to more than this nothing is said. Helm's own limit is a Secret's 1 MiB, packed. */
const LARGEST_RELEASE = 32 * 1024 * 1024

/**
 * What the release in a Helm Secret rendered: group, version, kind, namespace and name of each object, and nothing
 * else of it. Empty for other Secrets and for releases that cannot be read.
 * Source: helm v3.19 pkg/storage/driver/util.go, decodeRelease: base64 of gzip of JSON, encoded again as Secret data.
 */
export function renderedByHelm(secret: JsonObject): ObjectRef[] {
  if (secret.type !== 'helm.sh/release.v1') return []
  const data = asString(field(secret.data, 'release'))
  if (data === undefined) return []
  try {
    const packed = Buffer.from(Buffer.from(data, 'base64').toString('latin1'), 'base64')
    const text = gunzipSync(packed, { maxOutputLength: LARGEST_RELEASE }).toString('utf8')
    return refsOf(asString(field(JSON.parse(text), 'manifest')) ?? '')
  } catch {
    return []
  }
}

function refsOf(manifest: string): ObjectRef[] {
  return manifest.split(/^---.*$/m).flatMap((document) => {
    const { value } = readYaml(document)
    const ref = isObject(value) ? refOf(value) : undefined
    return ref === undefined || ref.kind === '' ? [] : [ref]
  })
}
