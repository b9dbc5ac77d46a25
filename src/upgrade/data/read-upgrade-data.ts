import {
  asList,
  asString,
  field,
  isObject,
  RampartError,
  type JsonValue,
} from '../../model/index.js'
import { readJson } from '../../text/index.js'
import type { KubeadmRow, ReleaseRow, RemovalRow, UpgradeData } from './upgrade-data.js'

/** More than this no table of releases is. */
const MOST_ROWS = 10_000

/**
 * The rows of a file that replaces what is built in: an object with `asOf` and `releases`, each with `minor`, `release`
 * and `endOfLife`, as data/kubernetes-releases.json; `kubeadm` and `apis` replace the other two tables where they are
 * given. Throws one error that names the place.
 */
export function readUpgradeData(text: string, file: string, builtIn: UpgradeData): UpgradeData {
  const { value, problems } = readJson(text)
  const problem = problems.find(({ level }) => level === 'error')
  if (value === undefined || problem !== undefined) {
    const at = problem === undefined ? '' : `:${problem.line}:${problem.column}`
    throw new RampartError('unreadable-input', `${file}${at}: ${problem?.message ?? 'not JSON'}`)
  }
  if (!isObject(value)) refuse(file, '', 'must be an object with `asOf` and `releases`')
  const given = upgradeDataOf(value, file)
  return {
    ...given,
    kubeadm: field(value, 'kubeadm') === undefined ? builtIn.kubeadm : given.kubeadm,
    removals: field(value, 'apis') === undefined ? builtIn.removals : given.removals,
  }
}

/** Rows of a value that may be of any shape. */
export function upgradeDataOf(value: object, source: string): UpgradeData {
  const asOf = day(source, value, 'asOf', 'asOf')
  const rows = (key: string): JsonValue[] => {
    const given = field(value, key)
    if (given !== undefined && !Array.isArray(given)) refuse(source, key, 'must be a list')
    const list = asList(given)
    if (list.length > MOST_ROWS) refuse(source, key, `has more than ${MOST_ROWS} rows`)
    return list
  }
  const releases = rows('releases').map((row, at) => releaseRow(source, row, `releases[${at}]`))
  if (releases.length === 0) refuse(source, 'releases', 'must name at least one release')
  const seen = new Set<number>()
  for (const { minor } of releases) {
    if (seen.has(minor)) refuse(source, 'releases', `names 1.${minor} twice`)
    seen.add(minor)
  }
  return {
    asOf,
    source,
    releases: releases.sort((a, b) => b.minor - a.minor),
    kubeadm: rows('kubeadm').map((row, at) => kubeadmRow(source, row, `kubeadm[${at}]`)),
    removals: rows('apis').map((row, at) => removalRow(source, row, `apis[${at}]`)),
  }
}

function releaseRow(source: string, row: JsonValue, at: string): ReleaseRow {
  const release = day(source, row, 'release', `${at}.release`)
  const endOfLife = day(source, row, 'endOfLife', `${at}.endOfLife`)
  // A table of the project once had a year wrong: support that ends before it begins is such a slip.
  if (endOfLife <= release) refuse(source, `${at}.endOfLife`, `${endOfLife} is not after the release on ${release}`)
  const maintenance = optionalDay(source, row, 'maintenance', `${at}.maintenance`)
  const scheduled = optionalDay(source, row, 'scheduledEndOfLife', `${at}.scheduledEndOfLife`)
  const minor = minorOf(source, row, 'minor', `${at}.minor`)
  const patch = patchOf(source, row, `${at}.patch`, minor)
  return {
    minor,
    release,
    endOfLife,
    ...(maintenance === undefined ? {} : { maintenance }),
    ...(scheduled === undefined ? {} : { scheduledEndOfLife: scheduled }),
    ...(patch === undefined ? {} : { patch }),
  }
}

function patchOf(source: string, row: JsonValue, at: string, minor: number): ReleaseRow['patch'] {
  const patch = field(row, 'patch')
  if (patch === undefined) return undefined
  const version = asString(field(patch, 'version')) ?? ''
  if (!new RegExp(`^1\\.${minor}\\.\\d{1,4}$`).test(version)) {
    refuse(source, `${at}.version`, `must be a patch of 1.${minor}, as 1.${minor}.2`)
  }
  const published = optionalDay(source, patch, 'published', `${at}.published`)
  return { version, ...(published === undefined ? {} : { published }) }
}

function kubeadmRow(source: string, row: JsonValue, at: string): KubeadmRow {
  const etcd = asString(field(row, 'etcd'))
  const least = asString(field(row, 'minExternalEtcd'))
  if (etcd === undefined) return refuse(source, `${at}.etcd`, 'must be a version, as 3.6.8-0')
  return {
    minor: minorOf(source, row, 'minor', `${at}.minor`),
    etcd,
    ...(least === undefined ? {} : { minExternalEtcd: least }),
  }
}

function removalRow(source: string, row: JsonValue, at: string): RemovalRow {
  const text = (key: string): string =>
    asString(field(row, key)) ?? refuse(source, `${at}.${key}`, 'must be a text')
  const minor = (key: string): number | undefined =>
    field(row, key) === undefined ? undefined : minorOf(source, row, key, `${at}.${key}`)
  const deprecatedIn = minor('deprecatedIn')
  const removedIn = minor('removedIn')
  const replacement = asString(field(row, 'replacement'))
  return {
    group: text('group'),
    version: text('version'),
    kind: text('kind'),
    ...(deprecatedIn === undefined ? {} : { deprecatedIn }),
    ...(removedIn === undefined ? {} : { removedIn }),
    ...(replacement === undefined || replacement === '' ? {} : { replacement }),
  }
}

function minorOf(source: string, row: unknown, key: string, at: string): number {
  const found = /^1\.(\d{1,3})$/.exec(asString(field(row, key)) ?? '')
  return found === null ? refuse(source, at, 'must be a minor version, as 1.36') : Number(found[1])
}

function optionalDay(source: string, row: unknown, key: string, at: string): string | undefined {
  return field(row, key) === undefined ? undefined : day(source, row, key, at)
}

function day(source: string, row: unknown, key: string, at: string): string {
  const text = asString(field(row, key)) ?? ''
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text) {
    refuse(source, at, 'must be a day, as 2026-11-23')
  }
  return text
}

function refuse(source: string, at: string, what: string): never {
  throw new RampartError('unreadable-input', `${source}: ${at === '' ? 'the file' : `\`${at}\``} ${what}`)
}
