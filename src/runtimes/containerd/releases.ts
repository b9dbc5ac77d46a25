import data from '../../../data/containerd-releases.json' with { type: 'json' }

/** Until when the project mends a release line of containerd, as a day; `ended` for lines older than all known ones. */
export function endOfSupport(version: string): string | undefined {
  const numbers = /^v?(\d{1,3})\.(\d{1,3})/.exec(version)
  if (numbers === null) return undefined
  const [, major = '', minor = ''] = numbers
  const known = data.releases.find((release) => release.version === `${major}.${minor}`)
  if (known !== undefined) return known.end
  const oldest = data.releases[0]?.version.split('.').map(Number) ?? []
  const older =
    Number(major) < (oldest[0] ?? 0) || (Number(major) === oldest[0] && Number(minor) < (oldest[1] ?? 0))
  return older ? 'ended' : undefined
}
