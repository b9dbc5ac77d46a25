import type { ChecksumText } from './parse-checksums.js'
import type { Reference } from './reference.js'
import { releasePath } from './release-path.js'

/** `# v1.36.2` and `## Downloads for v1.36.2` begin the part of one release. */
const RELEASE = /^#{1,3} (?:Downloads for )?(v\d{1,3}\.\d{1,4}\.\d{1,4}(?:-[\w.]{1,30})?)\s*$/

/**
 * One row of a table: `[kubernetes.tar.gz](URL) | DIGEST`, with or without bars at its ends. The digest is bare up to
 * 1.35 and between backticks since 1.36.
 */
const ROW =
  /^\|?\s*\[(kubernetes[\w.-]{0,100}\.(?:tar\.gz|zip))\]\([^)\s]{0,300}\)\s*\|\s*`?([0-9a-f]{128}|[0-9a-f]{64})`?\s*\|?\s*$/i

/**
 * Checksums of a Kubernetes CHANGELOG-1.NN.md: sha512 of the archives of each release. They cover archives alone; what is
 * in one is covered once it was taken out of it.
 */
export function parseChangelog({ file, text }: ChecksumText): Reference[] {
  let version: string | undefined
  return text.split(/\r?\n/).flatMap((line, index) => {
    const release = RELEASE.exec(line)
    if (release !== null) version = release[1]
    const row = ROW.exec(line)
    const [, name, digest] = row ?? []
    if (name === undefined || digest === undefined) return []
    const hex = digest.toLowerCase()
    return [
      {
        ...releasePath(name),
        ...(version === undefined ? {} : { version }),
        ...(hex.length === 128 ? { sha512: hex } : { sha256: hex }),
        from: `${file}:${index + 1}`,
        covers: 'archive' as const,
      },
    ]
  })
}
