import type { UpgradeData } from './data/index.js'
import {
  compareVersions,
  minorText,
  parseKubeVersion,
  versionText,
  type KubeVersion,
} from './kube-version.js'

/** Whether the project mends a version on a day. */
export interface Support {
  readonly minor: string
  /**
   * - full: every fault is mended; maintenance: grave ones are; over: none is
   * - unknown: the data do not know this minor
   */
  readonly state: 'full' | 'maintenance' | 'over' | 'unknown'
  /** The day after which nothing is mended; absent where it is not known. */
  readonly until?: string
  /** The day that was announced, where another came of it. */
  readonly scheduled?: string
  /** The newest patch that the data know, `v1.36.4`. */
  readonly newestPatch?: string
  /** Whether the version itself is older than that. */
  readonly behind?: boolean
  /** In words, one sentence. */
  readonly says: string
}

/** Support of a version at a time (milliseconds since 1970). Builds of others have times of their own. */
export function supportOf(version: KubeVersion, data: UpgradeData, now: number): Support {
  const minor = minorText(version.minor)
  const row = data.releases.find((release) => release.minor === version.minor)
  if (row === undefined) {
    const older = version.minor < (data.releases.at(-1)?.minor ?? 0)
    return older
      ? { minor, state: 'over', says: `${minor} gets no fixes for years` }
      : { minor, state: 'unknown', says: `${minor} is newer than the data of ${data.asOf}` }
  }
  const day = new Date(now).toISOString().slice(0, 10)
  const newest = parseKubeVersion(row.patch?.version)
  const state =
    day > row.endOfLife
      ? 'over'
      : row.maintenance !== undefined && day >= row.maintenance
        ? 'maintenance'
        : 'full'
  const ends = {
    full: `${minor} is mended until ${row.endOfLife}`,
    maintenance: `${minor} is mended where it is grave, until ${row.endOfLife}`,
    over: `${minor} gets no fixes since ${row.endOfLife}`,
  }[state]
  const scheduled = row.scheduledEndOfLife
  const announced = scheduled === undefined ? '' : ` (${scheduled} was announced)`
  const patch =
    newest === undefined
      ? ''
      : `; newest patch known ${versionText(newest)}${row.patch?.published === undefined ? '' : ` of ${row.patch.published}`}`
  return {
    minor,
    state,
    until: row.endOfLife,
    ...(scheduled === undefined ? {} : { scheduled }),
    ...(newest === undefined
      ? {}
      : { newestPatch: versionText(newest), behind: compareVersions(version, newest) < 0 }),
    says: `${ends}${announced}${patch}`,
  }
}
