import data from '../../data/dockerd.json' with { type: 'json' }

/** Release lines whose flags and keys are known, from old to new. */
export const RELEASES: readonly string[] = data.releases.map(({ version }) => version)

/** Major and minor of a version as Docker writes it (`20.10.24+dfsg1`, `5:27.5.1-1~debian.12`), or undefined. */
export function versionNumbers(version: string): readonly [number, number, number] | undefined {
  const found = /^(?:\d+:)?v?(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?/.exec(version)
  if (found === null) return undefined
  return [Number(found[1]), Number(found[2]), Number(found[3] ?? 0)]
}

/** The known release line that a version belongs to: the newest one of the same major version; undefined for others. */
export function releaseOf(version: string | undefined): string | undefined {
  const major = version === undefined ? undefined : versionNumbers(version)?.[0]
  return RELEASES.findLast((release) => Number(release.split('.')[0]) === major)
}

/** Whether something exists in a release; `in` lists its releases where it is not in all. Undefined: some have it, some not. */
export function existsIn(
  releases: readonly string[] | undefined,
  release: string | undefined,
): boolean | undefined {
  if (releases === undefined) return true
  return release === undefined ? undefined : releases.includes(release)
}

/**
 * Whether the project still mends a release line itself: the two newest majors and 25.0, which it keeps for long-term users.
 * Source: moby/moby project/BRANCHES-AND-TAGS.md as of 2026; builds of a distribution are mended by the distribution.
 */
export function isMaintained(version: string): boolean | undefined {
  const numbers = versionNumbers(version)
  if (numbers === undefined) return undefined
  return numbers[0] >= 28 || (numbers[0] === 25 && numbers[1] === 0)
}

/** Whether a version string is that of a distribution's own build (Debian, Ubuntu), which carries its own fixes. */
export function isDistributionBuild(version: string): boolean {
  return /dfsg|ubuntu|\+deb\d/.test(version)
}
