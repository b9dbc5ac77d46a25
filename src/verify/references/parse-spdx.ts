import { asList, asObject, asString, RampartError } from '../../model/index.js'
import type { ChecksumText } from './parse-checksums.js'
import type { ImageReference, Reference, References } from './reference.js'
import { releasePath } from './release-path.js'

interface SpdxEntry {
  readonly name: string
  readonly sha256?: string
  readonly sha512?: string
  readonly from: string
  /** `oci` purl of a package that is an image. */
  readonly purl?: string
}

/** Files and images of an SPDX document, in its tag form (as sbom.k8s.io gives it) or as JSON. */
export function parseSpdx(source: ChecksumText): References {
  const entries = /^\s*\{/.test(source.text) ? fromJson(source) : fromTags(source)
  const version = entries
    .map(({ name }) => /\bv\d+\.\d+\.\d+[\w.+-]*/.exec(name)?.[0])
    .find((text) => text !== undefined)
  const files: Reference[] = []
  const images: ImageReference[] = []
  for (const { name, sha256, sha512, from, purl } of entries) {
    const image = imageOf(name, sha256, purl)
    if (image !== undefined) images.push({ ...image, from })
    else if (sha256 !== undefined || sha512 !== undefined)
      files.push({
        ...(version === undefined ? {} : { version }),
        ...releasePath(name),
        from,
        ...(sha256 === undefined ? {} : { sha256 }),
        ...(sha512 === undefined ? {} : { sha512 }),
      })
  }
  if (files.length + images.length === 0)
    throw new RampartError(
      'unreadable-input',
      `${source.file}: an SPDX document without any checksum of a file or image`,
    )
  return { files, images }
}

/**
 * `registry.k8s.io/kube-apiserver-amd64:v1.36.2` with a checksum, or a name that holds its digest.
 * Source: kubernetes-sigs/bom pkg/spdx/builder.go names the packages of images by their reference.
 */
function imageOf(
  name: string,
  sha256: string | undefined,
  purl: string | undefined,
): Omit<ImageReference, 'from'> | undefined {
  const digest =
    /@(sha256:[0-9a-f]{64})$/.exec(name)?.[1] ??
    /^pkg:oci\/[^@]{1,200}@sha256(?::|%3A)([0-9a-f]{64})/i.exec(purl ?? '')?.[1]?.replace(/^/, 'sha256:') ??
    (sha256 === undefined ? undefined : `sha256:${sha256}`)
  const match =
    /^([a-z0-9.-]{1,100}\.[a-z]{2,20}(?::\d{1,5})?\/[a-z0-9._/-]{1,200})(?::([\w.-]{1,128}))?(?:@.*)?$/.exec(
      name,
    )
  const [, repository, tag] = match ?? []
  if (repository === undefined || digest === undefined || (tag === undefined && !name.includes('@')))
    return undefined
  return { repository, digest, ...(tag === undefined ? {} : { tag }) }
}

function fromTags({ file, text }: ChecksumText): SpdxEntry[] {
  const entries: SpdxEntry[] = []
  let here: { -readonly [K in keyof SpdxEntry]: SpdxEntry[K] } | undefined
  text.split(/\r?\n/).forEach((line, index) => {
    const [, tag, value = ''] = /^(\w{1,40}): ?(.{0,4096})$/.exec(line) ?? []
    if (tag === 'FileName' || tag === 'PackageName') {
      here = { name: value.trim(), from: `${file}:${index + 1}` }
      entries.push(here)
    } else if (here !== undefined && (tag === 'FileChecksum' || tag === 'PackageChecksum')) {
      const [, kind, digest = ''] = /^(SHA256|SHA512): ?([0-9a-fA-F]{64,128})$/.exec(value.trim()) ?? []
      if (kind === 'SHA256' && digest.length === 64) here.sha256 = digest.toLowerCase()
      if (kind === 'SHA512' && digest.length === 128) here.sha512 = digest.toLowerCase()
    } else if (here !== undefined && tag === 'ExternalRef') {
      const purl = /\bpurl (pkg:\S{1,1000})/.exec(value)?.[1]
      if (purl !== undefined) here.purl = purl
    }
  })
  return entries
}

function fromJson({ file, text }: ChecksumText): SpdxEntry[] {
  let document: unknown
  try {
    document = JSON.parse(text)
  } catch (error) {
    throw new RampartError(
      'unreadable-input',
      `${file}: not the JSON that it begins as: ${(error as Error).message}`,
    )
  }
  const { files, packages } = asObject(document)
  return [
    ...asList(files).map((each, index) => ({
      each,
      name: asString(asObject(each).fileName),
      at: `files[${index}]`,
    })),
    ...asList(packages).map((each, index) => ({
      each,
      name: asString(asObject(each).name),
      at: `packages[${index}]`,
    })),
  ].flatMap(({ each, name, at }) => {
    if (name === undefined) return []
    const digestOf = (kind: string, length: number): string | undefined =>
      asList(asObject(each).checksums)
        .map(asObject)
        .filter(({ algorithm }) => algorithm === kind)
        .map(({ checksumValue }) => asString(checksumValue)?.toLowerCase())
        .find((value) => value !== undefined && value.length === length && /^[0-9a-f]+$/.test(value))
    const sha256 = digestOf('SHA256', 64)
    const sha512 = digestOf('SHA512', 128)
    const purl = asList(asObject(each).externalRefs)
      .map((reference) => asString(asObject(reference).referenceLocator))
      .find((locator) => locator?.startsWith('pkg:') === true)
    return [
      {
        name,
        from: `${file} ${at}`,
        ...(sha256 === undefined ? {} : { sha256 }),
        ...(sha512 === undefined ? {} : { sha512 }),
        ...(purl === undefined ? {} : { purl }),
      },
    ]
  })
}
