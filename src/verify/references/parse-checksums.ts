import { posix } from 'node:path'
import { RampartError } from '../../model/index.js'
import { parseChangelog } from './parse-changelog.js'
import { parseSpdx } from './parse-spdx.js'
import type { Reference, References } from './reference.js'
import { releasePath } from './release-path.js'

/** A list of checksums as it was read. */
export interface ChecksumText {
  /** The name of its file, for messages and, for a bare checksum, for the name of what it covers. */
  readonly file: string
  readonly text: string
}

/** Longest list that is read; that of a Kubernetes release's SBOM has some megabytes. */
export const MOST_CHECKSUM_BYTES = 64 << 20

/**
 * Reads a list of checksums, whichever form it has: a bare digest (`kubelet.sha256`), lines of sha256sum and sha512sum in
 * GNU's and BSD's form, the tables of a Kubernetes CHANGELOG, an SPDX document as tags or as JSON. Throws RampartError
 * with the line where the text is none of these.
 */
export function parseChecksums({ file, text }: ChecksumText): References {
  const body = text.replace(/^\uFEFF/, '')
  if (/^\s*SPDXVersion:|"spdxVersion"\s*:/m.test(body.slice(0, 100_000)))
    return parseSpdx({ file, text: body })
  if (/^#.*\bv\d+\.\d+\.\d+|^\[?\S*\bkubernetes[\w.-]*\.tar\.gz\b.*\|/m.test(body)) {
    const files = parseChangelog({ file, text: body })
    if (files.length > 0) return { files, images: [] }
  }
  return { files: parseLines({ file, text: body }), images: [] }
}

const HEX = /^(?:[0-9a-f]{64}|[0-9a-f]{128})$/i
/** Source: coreutils 9.1 src/digest.c, split_3 and bsd_split_3: an escaped name begins with a backslash before the digest. */
const GNU = /^\\?([0-9a-f]{64}|[0-9a-f]{128}) [ *](.{1,4096})$/i
const BSD = /^\\?(SHA256|SHA512|SHA2-256|SHA2-512) ?\((.{1,4096})\) ?= ?([0-9a-f]{64}|[0-9a-f]{128})$/i

function parseLines({ file, text }: ChecksumText): Reference[] {
  const lines = text.split(/\r?\n/)
  const said = lines.flatMap((line, index) =>
    line.trim() === '' ? [] : [{ line: line.trimEnd(), number: index + 1 }],
  )
  const [only] = said
  if (said.length === 0 || only === undefined) throw damaged(file, 1, 'it is empty')
  const bare = only.line.trim()
  if (said.length === 1 && HEX.test(bare)) return [bareChecksum(file, bare, only.number)]
  const found = said.flatMap(({ line, number }) => {
    if (/^\s*(?:#|-----BEGIN PGP|Hash: )/.test(line)) return []
    const gnu = GNU.exec(line)
    const bsd = gnu === null ? BSD.exec(line) : null
    const name = gnu?.[2] ?? bsd?.[2]
    const digest = gnu?.[1] ?? bsd?.[3]
    if (name === undefined || digest === undefined)
      throw damaged(file, number, `\`${line.slice(0, 80)}\` is no line of a checksum list`)
    const long = digest.length === 128
    if (bsd !== null && bsd[1]?.endsWith('512') !== long)
      throw damaged(file, number, `a checksum of ${digest.length / 2} bytes is no ${String(bsd[1])}`)
    return [entry(file, number, line.startsWith('\\') ? unescaped(name) : name, digest)]
  })
  return joined(found)
}

/** `.sha256` of dl.k8s.io holds the digest alone: the name of the file says what it covers. */
function bareChecksum(file: string, digest: string, line: number): Reference {
  const name = posix.basename(file.replaceAll('\\', '/')).replace(/\.sha(?:256|512)(?:sum)?$/i, '')
  const wanted = /\.sha512/i.test(file) ? 128 : /\.sha256/i.test(file) ? 64 : digest.length
  if (digest.length !== wanted)
    throw damaged(file, line, `it holds ${digest.length / 2} bytes, where its name promises ${wanted / 2}`)
  return entry(file, line, name, digest)
}

function entry(file: string, line: number, path: string, digest: string): Reference {
  const hex = digest.toLowerCase()
  return {
    ...releasePath(path),
    ...(hex.length === 64 ? { sha256: hex } : { sha512: hex }),
    from: `${file}:${line}`,
  }
}

function unescaped(name: string): string {
  return name.replace(/\\(n|r|\\)/g, (_, sign: string) => (sign === 'n' ? '\n' : sign === 'r' ? '\r' : '\\'))
}

/** A list may give both digests of a file on two lines. Two different ones of a kind stay apart, and contradict each other. */
function joined(list: readonly Reference[]): Reference[] {
  const byName = new Map<string, Reference>()
  const rest: Reference[] = []
  for (const each of list) {
    const key = [each.name, each.os, each.architecture, each.version].join('\0')
    const before = byName.get(key)
    const clash =
      before !== undefined &&
      ((before.sha256 !== undefined && each.sha256 !== undefined) ||
        (before.sha512 !== undefined && each.sha512 !== undefined))
    if (clash) rest.push(each)
    else byName.set(key, before === undefined ? each : { ...each, ...before })
  }
  return [...byName.values(), ...rest]
}

function damaged(file: string, line: number, why: string): RampartError {
  return new RampartError(
    'unreadable-input',
    `${file}:${line}: ${why}; a list of checksums has one digest alone, lines as \`DIGEST  NAME\` or \`SHA512 (NAME) = DIGEST\`, or is a Kubernetes CHANGELOG or an SPDX document`,
  )
}
