import { RampartError } from '../model/index.js'
import type { UpgradeData } from './data/index.js'
import {
  compareVersions,
  minorText,
  parseKubeVersion,
  versionText,
  type KubeVersion,
} from './kube-version.js'
import { OLDEST_PACKAGED, type RoadStage, type StageVersions } from './road/index.js'

/** The version that is wanted. */
export interface Target {
  readonly version: KubeVersion
  /** Whether the user named the patch. */
  readonly given: 'minor' | 'patch'
  /** The newest patch of its minor that the data know. */
  readonly newest?: KubeVersion
}

/** The version behind `1.37` or `v1.37.2`; a minor alone means its newest known patch. */
export function targetOf(text: string, data: UpgradeData): Target {
  const minor = /^v?1\.(\d{1,3})$/.exec(text)?.[1]
  const patch = parseKubeVersion(text)
  if (minor === undefined && (patch === undefined || patch.suffix !== '')) {
    const what = patch === undefined ? 'is no version' : 'is no release'
    throw new RampartError(
      'usage',
      `--to: \`${text}\` ${what}; name a minor as 1.37, or one patch of it as 1.37.2`,
    )
  }
  const number = patch?.minor ?? Number(minor)
  const newest = newestPatch(number, data)
  if (patch !== undefined) {
    return { version: patch, given: 'patch', ...(newest === undefined ? {} : { newest }) }
  }
  if (newest === undefined) {
    throw new RampartError(
      'usage',
      `--to: the data of ${data.asOf} know no patch of ${minorText(number)}; name it, as ${minorText(number)}.2`,
    )
  }
  return { version: newest, given: 'minor', newest }
}

/** Throws for minors that the data do not know: what they remove and require cannot be told. */
function newestPatch(minor: number, data: UpgradeData): KubeVersion | undefined {
  const row = data.releases.find((release) => release.minor === minor)
  if (row === undefined) {
    const newest = data.releases[0]?.minor ?? 0
    const oldest = data.releases.at(-1)?.minor ?? 0
    throw new RampartError(
      'usage',
      `${minorText(minor)} is not among the releases that the data of ${data.asOf} know, ${minorText(oldest)} to ${minorText(newest)}: what it removes and requires is not known; give newer data with --data FILE`,
    )
  }
  return parseKubeVersion(row.patch?.version)
}

/**
 * The patch of each stage: the wanted one in the last, on the way those that the user names, else the newest that the data
 * know; never older than what runs in that minor. A catch-up brings what the oldest API server has.
 */
export function stageVersions(
  stages: readonly RoadStage[],
  running: readonly KubeVersion[],
  target: Target,
  data: UpgradeData,
  via: readonly string[],
): StageVersions[] {
  const named = viaVersions(via, stages, target)
  const servers = [...running].sort(compareVersions)
  return stages.map((stage) => {
    if (stage.minor < OLDEST_PACKAGED && stage.kind !== 'catch-up') {
      throw new RampartError(
        'usage',
        `the road leads over ${minorText(stage.minor)}, whose packages are no longer published (from 1.${OLDEST_PACKAGED} on they are): build a new cluster and move to it`,
      )
    }
    if (stage.kind === 'catch-up') return { ...stage, version: servers[0] as KubeVersion }
    const there = servers.filter(({ minor }) => minor === stage.minor).at(-1)
    const isLast = stage.minor === target.version.minor
    const wanted = isLast ? target.version : (named.get(stage.minor) ?? newestPatch(stage.minor, data))
    if (wanted === undefined) {
      throw new RampartError(
        'usage',
        `the data of ${data.asOf} know no patch of ${minorText(stage.minor)}, which is on the way: name it with --via ${minorText(stage.minor)}.N`,
      )
    }
    const version = there !== undefined && compareVersions(there, wanted) > 0 ? there : wanted
    return { ...stage, version }
  })
}

/** The releases that `--via` names. Throws for what is none, and for two of one minor. */
export function viaReleases(via: readonly string[]): ReadonlyMap<number, KubeVersion> {
  const found = new Map<number, KubeVersion>()
  for (const text of via) {
    const version = parseKubeVersion(text)
    if (version === undefined || version.suffix !== '') {
      throw new RampartError('usage', `--via: \`${text}\` is no release; name a patch, as 1.36.4`)
    }
    if (found.has(version.minor))
      throw new RampartError('usage', `--via: two patches of ${minorText(version.minor)}`)
    found.set(version.minor, version)
  }
  return found
}

function viaVersions(
  via: readonly string[],
  stages: readonly RoadStage[],
  target: Target,
): ReadonlyMap<number, KubeVersion> {
  const found = viaReleases(via)
  for (const version of found.values()) {
    const onTheWay = stages.some(({ minor, kind }) => minor === version.minor && kind !== 'catch-up')
    if (!onTheWay || version.minor === target.version.minor) {
      throw new RampartError(
        'usage',
        `--via: ${versionText(version)} is not on the way to ${versionText(target.version)}`,
      )
    }
  }
  return found
}
