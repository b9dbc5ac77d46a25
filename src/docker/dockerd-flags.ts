import data from '../../data/dockerd.json' with { type: 'json' }
import type { JsonValue } from '../model/index.js'
import type { FlagSpec, FlagTable } from '../text/index.js'
import { existsIn, RELEASES } from './releases.js'

/** How the words of a flag make a value; see `optionValue`. */
export type OptionKind =
  | 'bool'
  | 'string'
  | 'int'
  | 'int64'
  | 'ip'
  | 'bytes'
  | 'list'
  | 'strings'
  | 'map'
  | 'mapOfMaps'
  | 'switches'
  | 'runtimes'
  | 'ulimits'
  | 'pools'

interface DataFlag {
  readonly type: string
  readonly shorthand?: string
  readonly key?: string
  readonly in?: readonly string[]
  readonly default?: string
  readonly defaults?: Readonly<Record<string, string>>
}

const FLAGS: ReadonlyMap<string, DataFlag> = new Map(Object.entries(data.flags as Record<string, DataFlag>))

/** A flag of dockerd: the key of daemon.json that it shares its value with, and what its words mean. */
export interface DockerdFlag {
  readonly name: string
  readonly kind: OptionKind
  /** The key of daemon.json with the same meaning; flags of named options have another one (`host`: `hosts`). */
  readonly key: string
  /** Whether flag and key of daemon.json have two names; the flag's own name in daemon.json is then accepted and ignored. */
  readonly named: boolean
  readonly default?: JsonValue
}

/** Values that two releases print differently and mean alike. */
const SAME_DEFAULT: Readonly<Record<string, string>> = { 'seccomp-profile': 'builtin' }

/** The flags of a release, by name; of all known releases together when the release is not known. */
export function dockerdFlags(release: string | undefined): readonly DockerdFlag[] {
  return [...FLAGS]
    .filter(([, flag]) => existsIn(flag.in, release) !== false)
    .map(([name, flag]) => describe(name, flag, release))
}

/** The same flags as a table for the reader of command lines. */
export function dockerdFlagTable(release: string | undefined): FlagTable {
  const table: Record<string, FlagSpec> = {}
  for (const { name, kind } of dockerdFlags(release)) {
    const shorthand = FLAGS.get(name)?.shorthand
    table[name] = { type: FLAG_TYPE[kind], ...(shorthand === undefined ? {} : { shorthand }) }
  }
  return table
}

/** What the reader of flags calls each kind: options with a grammar of their own are read as lists of words. */
const FLAG_TYPE: Readonly<Record<OptionKind, string>> = {
  bool: 'bool',
  string: 'string',
  int: 'int',
  int64: 'int64',
  ip: 'ip',
  bytes: 'string',
  strings: 'strings',
  list: 'list',
  map: 'list',
  mapOfMaps: 'list',
  switches: 'list',
  runtimes: 'list',
  ulimits: 'list',
  pools: 'list',
}

function describe(name: string, flag: DataFlag, release: string | undefined): DockerdFlag {
  const kind = flag.type as OptionKind
  const key = flag.key ?? name
  const value = defaultOf(name, flag, kind, release)
  return { name, kind, key, named: key !== name, ...(value === undefined ? {} : { default: value }) }
}

function defaultOf(
  name: string,
  flag: DataFlag,
  kind: OptionKind,
  release: string | undefined,
): JsonValue | undefined {
  if (LISTS.has(kind)) return []
  if (MAPS.has(kind)) return {}
  const words =
    SAME_DEFAULT[name] ?? flag.default ?? (release === undefined ? undefined : flag.defaults?.[release])
  if (words === undefined) return undefined
  if (kind === 'bool') return words === 'true'
  return kind === 'int' || kind === 'int64' ? Number(words) : words
}

const LISTS: ReadonlySet<OptionKind> = new Set<OptionKind>(['list', 'strings', 'pools'])
const MAPS: ReadonlySet<OptionKind> = new Set<OptionKind>([
  'map',
  'mapOfMaps',
  'switches',
  'runtimes',
  'ulimits',
])

/**
 * Keys that daemon.json may hold although no flag has them.
 * Source: moby v28.3.3 and v2.0.0-beta.24 daemon/config/config.go, skipValidateOptions.
 */
const KEYS_WITHOUT_FLAG: ReadonlyMap<string, readonly string[] | undefined> = new Map([
  ['features', undefined],
  ['builder', undefined],
  ['deprecated-key-path', undefined],
  ['allow-nondistributable-artifacts', undefined],
  ['min-api-version', ['29.0']],
  ['extension-config', ['29.0']],
])

/** Whether a release starts with a key in daemon.json: undefined where some known releases do and the release is not known. */
export function isAcceptedKey(key: string, release: string | undefined): boolean | undefined {
  const answers = (release === undefined ? RELEASES : [release]).map((each) => acceptedIn(key, each))
  if (answers.every(Boolean)) return true
  return answers.some(Boolean) ? undefined : false
}

function acceptedIn(key: string, release: string): boolean {
  if (KEYS_WITHOUT_FLAG.has(key)) return existsIn(KEYS_WITHOUT_FLAG.get(key), release) === true
  return (
    dockerdFlags(release).some((flag) => flag.name === key || flag.key === key) && isOfRelease(key, release)
  )
}

/** `host-gateway-ips` is the key of a flag that older releases have without it. */
function isOfRelease(key: string, release: string): boolean {
  const known = (data.keys as Record<string, { in?: readonly string[] }>)[key]
  return FLAGS.has(key) || existsIn(known?.in, release) === true
}
