import {
  asList,
  asObject,
  asString,
  field,
  isObject,
  RampartError,
  type JsonObject,
} from '../../model/index.js'
import type { ImageReference, Reference, References, SignatureEvidence } from './reference.js'
import { releasePath } from './release-path.js'

/** Checksums and signatures of one release in one file, as `rampart verify fetch` writes it. */
export interface ReleaseManifest {
  readonly kind: 'RampartReleaseManifest'
  readonly version: 1
  /** `v1.36.2` */
  readonly release: string
  /** Where it was collected, and when (RFC 3339). */
  readonly from: string
  readonly collected: string
  readonly files: readonly ManifestFile[]
  readonly images: readonly { readonly name: string; readonly digest: string }[]
}

/** One published file. */
export interface ManifestFile {
  /** `bin/linux/amd64/kubelet` */
  readonly path: string
  readonly sha256?: string
  readonly sha512?: string
  /** Absent: not asked for. */
  readonly signature?:
    | { readonly kind: 'none' }
    | { readonly kind: 'pair'; readonly signature: string; readonly certificate: string }
    | { readonly kind: 'bundle'; readonly bundle: JsonObject }
}

/** A manifest as text; the same input gives the same bytes. */
export function writeManifest(manifest: ReleaseManifest): string {
  return `${JSON.stringify(manifest, undefined, 2)}\n`
}

/** Whether a text is such a manifest; anything else is a list of checksums. */
export function isManifest(text: string): boolean {
  return /^\s*\{/.test(text) && text.slice(0, 1000).includes('"RampartReleaseManifest"')
}

/** Reads a manifest. Throws RampartError with the place where it is damaged. */
export function parseManifest(text: string, file: string): References {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    throw damaged(file, `not valid JSON, so perhaps cut off: ${(error as Error).message}`)
  }
  if (!isObject(json) || json.kind !== 'RampartReleaseManifest')
    throw damaged(file, '`kind` is not RampartReleaseManifest')
  if (json.version !== 1)
    throw damaged(file, `\`version\` is ${JSON.stringify(json.version)}, and only 1 is known`)
  const release = asString(json.release)
  if (release === undefined) throw damaged(file, '`release` is missing')
  return {
    files: asList(json.files).map((each, index) => fileOf(each, release, file, `files[${index}]`)),
    images: asList(json.images).map((each, index) => imageOf(each, file, `images[${index}]`)),
  }
}

function fileOf(value: unknown, release: string, file: string, at: string): Reference {
  const path = asString(field(value, 'path'))
  if (path === undefined) throw damaged(file, `\`${at}.path\` is missing`)
  const sha256 = hexAt(value, 'sha256', 64, file, at)
  const sha512 = hexAt(value, 'sha512', 128, file, at)
  const signature = signatureOf(field(value, 'signature'), file, at)
  if (sha256 === undefined && sha512 === undefined) throw damaged(file, `\`${at}\` has no checksum`)
  return {
    version: release,
    ...releasePath(path),
    from: `${file} (${path})`,
    ...(sha256 === undefined ? {} : { sha256 }),
    ...(sha512 === undefined ? {} : { sha512 }),
    ...(signature === undefined ? {} : { signature }),
  }
}

function hexAt(value: unknown, key: string, length: number, file: string, at: string): string | undefined {
  const text = field(value, key)
  if (text === undefined) return undefined
  if (typeof text !== 'string' || text.length !== length || !/^[0-9a-f]+$/.test(text))
    throw damaged(file, `\`${at}.${key}\` is not ${length} hexadecimal digits in lower case`)
  return text
}

function signatureOf(value: unknown, file: string, at: string): SignatureEvidence | undefined {
  if (value === undefined) return undefined
  const { kind, signature, certificate, bundle } = asObject(value)
  const from = `${file} ${at}.signature`
  if (kind === 'none') return { kind: 'absent', from }
  if (kind === 'bundle' && isObject(bundle)) return { kind, bundle, from }
  if (kind === 'pair' && typeof signature === 'string' && typeof certificate === 'string')
    return { kind, signature, certificate, from }
  throw damaged(
    file,
    `\`${at}.signature\` is neither none, nor a pair of signature and certificate, nor a bundle`,
  )
}

function imageOf(value: unknown, file: string, at: string): ImageReference {
  const name = asString(field(value, 'name')) ?? ''
  const digest = asString(field(value, 'digest')) ?? ''
  const [, repository, tag] = /^(.+?)(?::([\w.-]+))?$/.exec(name) ?? []
  if (repository === undefined || !/^sha256:[0-9a-f]{64}$/.test(digest))
    throw damaged(file, `\`${at}\` is not an image with its digest`)
  return { repository, digest, from: `${file} (${name})`, ...(tag === undefined ? {} : { tag }) }
}

function damaged(file: string, why: string): RampartError {
  return new RampartError(
    'unreadable-input',
    `${file} is no manifest of a release: ${why}; \`rampart verify fetch VERSION\` writes one`,
  )
}
