import { open } from 'node:fs/promises'
import { posix } from 'node:path'
import { RampartError } from '../../model/index.js'
import { isManifest, parseManifest } from './manifest.js'
import { MOST_CHECKSUM_BYTES, parseChecksums } from './parse-checksums.js'
import type { Reference, References, SignatureEvidence } from './reference.js'

/** Reads manifests and lists of checksums, whichever each file is. Throws RampartError with the place of a fault. */
export async function readReferences(paths: readonly string[]): Promise<References> {
  const read = await Promise.all(
    paths.map(async (file) => {
      const text = await readText(file)
      return isManifest(text) ? parseManifest(text, file) : parseChecksums({ file, text })
    }),
  )
  return { files: read.flatMap(({ files }) => files), images: read.flatMap(({ images }) => images) }
}

/** Ends of the files that are published beside a program. */
const BUNDLES = ['.sigstore.json', '.sigstore', '.bundle'] as const
const CERTIFICATES = ['.cert', '.crt', '.pem'] as const

/** What stands beside a file: `.sha256`, `.sha512`, a bundle, a signature with its certificate. */
export async function referencesBeside(path: string): Promise<Reference[]> {
  const found: Reference[] = []
  for (const end of ['.sha256', '.sha512']) {
    const text = await textIfThere(`${path}${end}`)
    if (text !== undefined) found.push(...parseChecksums({ file: `${path}${end}`, text }).files)
  }
  const signature = await signatureBeside(path)
  const name = posix.basename(path)
  const [first] = found
  if (signature === undefined) return joined(found)
  return first === undefined ? [{ name, from: signature.from, signature }] : joined(found, signature)
}

/** Both digests of one file are one reference. */
function joined(found: readonly Reference[], signature?: SignatureEvidence): Reference[] {
  const [first, ...rest] = found
  if (first === undefined) return []
  const whole = rest.reduce<Reference>(
    (sum, each) => (each.name === sum.name ? { ...each, ...sum, from: `${sum.from}, ${each.from}` } : sum),
    first,
  )
  return [
    signature === undefined ? whole : { ...whole, signature },
    ...rest.filter(({ name }) => name !== first.name),
  ]
}

async function signatureBeside(path: string): Promise<SignatureEvidence | undefined> {
  for (const end of BUNDLES) {
    const bundle = await textIfThere(`${path}${end}`)
    if (bundle !== undefined) return { kind: 'bundle', bundle, from: `${path}${end}` }
  }
  const signature = await textIfThere(`${path}.sig`)
  if (signature === undefined) return undefined
  for (const end of CERTIFICATES) {
    const certificate = await textIfThere(`${path}${end}`)
    if (certificate !== undefined) return { kind: 'pair', signature, certificate, from: `${path}.sig` }
  }
  return undefined
}

async function textIfThere(path: string): Promise<string | undefined> {
  try {
    return await readText(path)
  } catch (error) {
    if (
      error instanceof RampartError &&
      (error.cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT'
    )
      return undefined
    throw error
  }
}

/** A regular file's text. Throws RampartError where it is none, or far too large. */
export async function readText(path: string): Promise<string> {
  try {
    const handle = await open(path, 'r')
    try {
      const stat = await handle.stat()
      if (!stat.isFile()) throw new Error('it is not a regular file')
      if (stat.size > MOST_CHECKSUM_BYTES)
        throw new Error(`it is larger than ${MOST_CHECKSUM_BYTES >> 20} MiB`)
      return await handle.readFile('utf8')
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw new RampartError('unreadable-input', `cannot read \`${path}\`: ${(error as Error).message}`, {
      cause: error,
    })
  }
}
