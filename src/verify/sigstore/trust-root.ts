import { TrustedRoot } from '@sigstore/protobuf-specs'
import { toTrustMaterial } from '@sigstore/verify'
import published from '../../../data/sigstore-trusted-root.json' with { type: 'json' }
import { asString, isObject, RampartError } from '../../model/index.js'

/** Authorities, logs and clocks that signatures are verified against. */
export interface TrustRoot {
  readonly material: ReturnType<typeof toTrustMaterial>
  /** Where it is from, for the report. */
  readonly described: string
}

/** The root of Sigstore's public instance as it was published; data/sigstore-trusted-root.json says where and when. */
export function publishedTrustRoot(): TrustRoot {
  return rootOf(published.root, `Sigstore's public instance, as of ${published.asOf}`)
}

/** A trusted_root.json of the user's. Throws RampartError where it is none. */
export function readTrustRoot(text: string, file: string): TrustRoot {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw damaged(file, `it is not JSON: ${(error as Error).message}`)
  }
  if (!isObject(json) || asString(json.mediaType)?.includes('sigstore.trustedroot') !== true)
    throw damaged(file, 'its `mediaType` is not that of a Sigstore trust root')
  return rootOf(json, file)
}

function rootOf(json: unknown, described: string): TrustRoot {
  try {
    const root = TrustedRoot.fromJSON(json)
    if (root.certificateAuthorities.length === 0) throw new Error('it names no certificate authority')
    return { material: toTrustMaterial(root), described }
  } catch (error) {
    throw damaged(described, (error as Error).message)
  }
}

function damaged(file: string, why: string): RampartError {
  return new RampartError(
    'unreadable-input',
    `${file} is no trust root: ${why}; it should be the trusted_root.json of a Sigstore instance`,
  )
}
