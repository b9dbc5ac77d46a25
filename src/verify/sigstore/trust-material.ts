import { TrustedRoot } from '@sigstore/protobuf-specs'
import { toTrustMaterial } from '@sigstore/verify'
import type { JsonObject } from '../../model/index.js'

const read = new WeakMap<JsonObject, ReturnType<typeof toTrustMaterial>>()

/** What a trusted_root.json says, as the verifier wants it. Throws an Error where it is none. */
export function trustMaterial(json: JsonObject): ReturnType<typeof toTrustMaterial> {
  const known = read.get(json)
  if (known !== undefined) return known
  const root = TrustedRoot.fromJSON(json)
  if (root.certificateAuthorities.length === 0) throw new Error('it names no certificate authority')
  const material = toTrustMaterial(root)
  read.set(json, material)
  return material
}
