import type { FoundImage } from '../find/find-images.js'
import type { ImageReference } from '../references/reference.js'
import type { Verdict } from './verdict.js'

const ARCHITECTURE = /-(?:amd64|arm64|arm|ppc64le|s390x)$/
const nameOf = (repository: string): string => (repository.split('/').at(-1) ?? '').replace(ARCHITECTURE, '')

/**
 * Compares the digest of an image with those that a release's SBOM lists. A tag names no bytes, so that without a digest
 * nothing can be said.
 */
export function judgeImage(
  { image, digest, repository, tag }: FoundImage,
  references: readonly ImageReference[],
): Verdict {
  if (digest === undefined)
    return {
      state: 'not-checked',
      reason: `\`${image}\` is a tag, and a tag may name other bytes tomorrow: only the digest of what runs can be compared`,
      command: 'kubectl get pods -n kube-system -o json > pods.json; rampart verify --pods pods.json',
    }
  const fits = references.filter((reference) => reference.digest === digest)
  const own = fits.find((reference) => nameOf(reference.repository) === nameOf(repository))
  if (own !== undefined)
    return {
      state: 'checksum-only',
      reason: `its digest is that of ${own.repository}${own.tag === undefined ? '' : `:${own.tag}`}; the signature in its registry was not asked for`,
      reference: own.from,
      ...(own.tag === undefined ? {} : { provenVersion: own.tag }),
    }
  const [other] = fits
  if (other !== undefined)
    return {
      state: 'mismatch',
      fault: 'other-file',
      reason: `it is called ${repository}, and its digest is that of ${other.repository}`,
      reference: other.from,
    }
  // Digests of an index and of one architecture differ, and both are right: only the very same name is a contradiction.
  const same = references.find((reference) => reference.repository === repository && reference.tag === tag)
  if (same !== undefined && tag !== undefined)
    return {
      state: 'mismatch',
      fault: 'checksum',
      reason: `its digest is ${digest.slice(0, 19)}…, and that of ${repository}:${tag} is ${same.digest.slice(0, 19)}…`,
      reference: same.from,
    }
  return {
    state: 'no-reference',
    reason: `no list at hand has the digest of ${image}; the SBOM of its release lists images (--checksums FILE)`,
  }
}
