import data from '../../data/dockerd.json' with { type: 'json' }
import { isObject, type JsonPath, type JsonValue } from '../model/index.js'
import {
  docValue,
  parseGoBool,
  readJsonDocument,
  scalarText,
  type DocEntry,
  type DocNode,
} from '../text/index.js'
import { dockerdFlags, isAcceptedKey } from './dockerd-flags.js'
import { existsIn } from './releases.js'

/** A setting in daemon.json. Lines and columns count from 1. */
export interface DaemonKey {
  readonly key: string
  readonly value: JsonValue
  readonly path: JsonPath
  readonly line: number
  readonly column: number
  /** Whether the value reaches the daemon; a key that it accepts may still be ignored (`host` instead of `hosts`). */
  readonly effective: boolean
  /** Where the members of a map or list stand, by key or index. */
  readonly members: ReadonlyMap<string | number, { readonly line: number; readonly column: number }>
}

/** Why dockerd would not start with the file, or may not: `certain` is false where only some releases refuse. */
export interface DaemonJsonFault {
  readonly kind: 'syntax' | 'unknown-key' | 'wrong-type' | 'conflict'
  readonly message: string
  readonly key?: string
  /** Where the key stands, for keys inside of a map. */
  readonly path?: JsonPath
  readonly line?: number
  readonly column?: number
  readonly certain: boolean
}

export interface DaemonJson {
  /** False when the text is no JSON object: nothing of it is known then. */
  readonly readable: boolean
  readonly keys: readonly DaemonKey[]
  readonly faults: readonly DaemonJsonFault[]
}

/** Keys whose maps are values; the members of all other maps are read as if they stood outside. */
const FLAT_MAPS: ReadonlySet<string> = new Set([
  'cluster-store-opts',
  'default-network-opts',
  'log-opts',
  'runtimes',
  'default-ulimits',
  'features',
  'builder',
  'nri-opts',
  'extension-config',
])

interface KnownKey {
  readonly type: string
  readonly path?: readonly string[]
  readonly in?: readonly string[]
}

const KEYS: ReadonlyMap<string, KnownKey> = new Map(Object.entries(data.keys as Record<string, KnownKey>))

/**
 * Reads daemon.json as dockerd of a release does (all known releases when undefined): strict JSON, unknown keys and
 * wrong types stop the start. Never throws.
 * Source: moby v28.3.3 daemon/config/config.go, getConflictFreeConfiguration, configValuesSet, findConfigurationConflicts.
 */
export function readDaemonJson(text: string, release: string | undefined): DaemonJson {
  if (text.replace(/^\uFEFF/, '').trim() === '') return readEmpty(release)
  const { root, error } = readJsonDocument(text)
  if (root === undefined) {
    const { message = 'it cannot be read', ...place } = error ?? {}
    return { readable: false, keys: [], faults: [{ kind: 'syntax', message, ...place, certain: true }] }
  }
  if (root.kind !== 'map') {
    const isNull = root.kind === 'scalar' && root.value === null
    return {
      readable: isNull,
      keys: [],
      faults: isNull ? [] : [fault('wrong-type', 'it holds no object', root)],
    }
  }
  const flat = flatten(root.entries, release)
  const misplaced = [...root.entries].filter(
    ([key, { value }]) => value.kind === 'map' && !FLAT_MAPS.has(key),
  )
  return {
    readable: true,
    keys: flat.map(({ key, entry, path, effective, switched }) => ({
      key,
      value: switched ? switchValue(docValue(entry.value)) : docValue(entry.value),
      path,
      line: entry.line,
      column: entry.column,
      effective,
      members: membersOf(entry.value),
    })),
    faults: [
      ...flat.flatMap((each) => unknownKey(each, release)),
      ...misplaced.flatMap(([key, entry]) => wrongType(key, entry, release)),
      ...flat.flatMap(({ key, entry, path }) => (isOwnPath(key, path) ? wrongType(key, entry, release) : [])),
      ...bothGateways(flat, release),
    ],
  }
}

function membersOf(node: DocNode): DaemonKey['members'] {
  if (node.kind === 'map') return node.entries
  return new Map(node.kind === 'list' ? node.items.map((item, index) => [index, item] as const) : [])
}

/** Before 23.0 an empty file was no valid JSON to the daemon. */
function readEmpty(release: string | undefined): DaemonJson {
  const certain = release === '20.10'
  if (release !== undefined && !certain) return { readable: true, keys: [], faults: [] }
  const message = certain ? 'it is empty' : 'it is empty, which releases before 23.0 refuse'
  return { readable: true, keys: [], faults: [{ kind: 'syntax', message, line: 1, column: 1, certain }] }
}

interface FlatKey {
  readonly key: string
  readonly entry: DocEntry
  readonly path: JsonPath
  readonly effective: boolean
  /** Whether the value goes through the flag of the same name. */
  readonly switched: boolean
}

function flatten(entries: ReadonlyMap<string, DocEntry>, release: string | undefined): FlatKey[] {
  const switches = new Set(
    dockerdFlags(release).flatMap((flag) =>
      flag.kind === 'bool' && !READ_EARLY.has(flag.name) ? flag.name : [],
    ),
  )
  return [...entries].flatMap(([key, entry]): FlatKey[] => {
    if (entry.value.kind !== 'map' || FLAT_MAPS.has(key)) return [flatKey(key, entry, [key], switches)]
    return [...entry.value.entries].map(([inner, value]) => flatKey(inner, value, [key, inner], switches))
  })
}

/** Switches that are read before the file, so that it does not reach them through their flags. */
const READ_EARLY: ReadonlySet<string> = new Set(['debug', 'tls', 'tlsverify', 'help', 'version', 'validate'])

function flatKey(key: string, entry: DocEntry, path: JsonPath, switches: ReadonlySet<string>): FlatKey {
  // INVARIANT: dockerd sets its boolean flags from every key of the flattened map, wherever it stands in the file.
  const switched = switches.has(key)
  return { key, entry, path, effective: isOwnPath(key, path) || switched, switched }
}

/** What a boolean flag makes of a value that is none, null among them: false. Source: pflag v1.0.9 bool.go, Set. */
function switchValue(value: JsonValue): boolean {
  return parseGoBool(scalarText(value)) ?? false
}

function isOwnPath(key: string, path: JsonPath): boolean {
  const known = KEYS.get(key)
  const own = known?.path ?? [key]
  return known !== undefined && own.length === path.length && own.every((step, index) => step === path[index])
}

function unknownKey({ key, entry, path }: FlatKey, release: string | undefined): DaemonJsonFault[] {
  const accepted = isAcceptedKey(key, release)
  if (accepted === true) return []
  const message =
    accepted === false ? `no setting has the name \`${key}\`` : `only some releases know the key \`${key}\``
  return [{ ...fault('unknown-key', message, entry), key, path, certain: accepted === false }]
}

function wrongType(key: string, entry: DocEntry, release: string | undefined): DaemonJsonFault[] {
  const known = KEYS.get(key)
  if (known === undefined || existsIn(known.in, release) !== true) return []
  const expected = expectedType(known.type)
  if (expected === undefined || entry.value === undefined || expected.holds(entry.value)) return []
  return [{ ...fault('wrong-type', `\`${key}\` should be ${expected.words}`, entry), key }]
}

interface Expected {
  readonly words: string
  readonly holds: (node: DocNode) => boolean
}

function expectedType(type: string): Expected | undefined {
  switch (type) {
    case 'bool':
      return { words: 'true or false', holds: scalar('boolean') }
    case 'int':
      return { words: 'a whole number', holds: wholeNumber }
    case 'string':
      return { words: 'a text', holds: scalar('string') }
    case 'bytes':
      return { words: 'a text or a number', holds: (node) => scalar('string')(node) || wholeNumber(node) }
    case 'strings':
      return { words: 'a list of texts', holds: (node) => isNull(node) || everyItem(node, scalar('string')) }
    case 'mapOfStrings':
      return { words: 'a map of texts', holds: (node) => isNull(node) || everyEntry(node, scalar('string')) }
    case 'mapOfBools':
      return {
        words: 'a map of true and false',
        holds: (node) => isNull(node) || everyEntry(node, scalar('boolean')),
      }
    case 'map':
      return { words: 'a map', holds: (node) => isNull(node) || node.kind === 'map' }
    default:
      return undefined
  }
}

function isNull(node: DocNode): boolean {
  return node.kind === 'scalar' && node.value === null
}

function scalar(type: 'string' | 'boolean'): (node: DocNode) => boolean {
  return (node) => node.kind === 'scalar' && (node.value === null || typeof node.value === type)
}

function wholeNumber(node: DocNode): boolean {
  if (isNull(node)) return true
  return node.kind === 'scalar' && typeof node.value === 'number' && node.fraction !== true
}

function everyItem(node: DocNode, holds: (item: DocNode) => boolean): boolean {
  return node.kind === 'list' && node.items.every(holds)
}

function everyEntry(node: DocNode, holds: (item: DocNode) => boolean): boolean {
  return node.kind === 'map' && [...node.entries.values()].every(({ value }) => holds(value))
}

function bothGateways(flat: readonly FlatKey[], release: string | undefined): DaemonJsonFault[] {
  const older = flat.find(({ key }) => key === 'host-gateway-ip')
  if (older === undefined || !flat.some(({ key }) => key === 'host-gateway-ips')) return []
  if (release === undefined) return []
  return [fault('conflict', '`host-gateway-ip` and `host-gateway-ips` exclude each other', older.entry)]
}

function fault(
  kind: DaemonJsonFault['kind'],
  message: string,
  place: { readonly line: number; readonly column: number },
): DaemonJsonFault {
  return { kind, message, line: place.line, column: place.column, certain: true }
}

/** Whether a value of daemon.json counts as absent when flags are merged over it. Source: mergo v1.0.1 isEmptyValue. */
export function isEmptyValue(value: JsonValue): boolean {
  if (value === null || value === '' || value === 0) return true
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0
}

/** The keys of daemon.json that the daemon itself decodes, in the order of their names. */
export const DAEMON_KEYS: readonly string[] = [...KEYS.keys()]
