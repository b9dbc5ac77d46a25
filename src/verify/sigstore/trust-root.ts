import published from '../../../data/sigstore-trusted-root.json' with { type: 'json' }
import { asString, isObject, RampartError, type JsonObject } from '../../model/index.js'
import { trustMaterial } from './trust-material.js'

/** Authorities, logs and clocks that signatures are verified against. */
export interface TrustRoot {
  /** A trusted_root.json of Sigstore; types of the libraries that read it stay inside. */
  readonly root: JsonObject
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

function rootOf(root: JsonObject, described: string): TrustRoot {
  try {
    trustMaterial(root)
  } catch (error) {
    throw damaged(described, (error as Error).message)
  }
  return { root, described }
}

function damaged(file: string, why: string): RampartError {
  return new RampartError(
    'unreadable-input',
    `${file} is no trust root: ${why}; it should be the trusted_root.json of a Sigstore instance`,
  )
}
