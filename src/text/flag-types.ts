import type { JsonObject, JsonValue } from '../model/index.js'
import { readCsvRecord } from './csv-record.js'
import { formatGoDuration, parseGoDuration } from './go-duration.js'
import { parseGoBool, parseGoFloat, parseGoInt } from './go-values.js'
import { isSloppyIp } from './ip-address.js'
import { isQuantity } from './quantity.js'
import { scalarText } from './scalar-text.js'
import { parseReservedMemory, parseTaints } from './kubelet-flag-values.js'

/** How the values of a repeated flag become one: the last one counts, lists add up, maps merge by key. */
export type Combine = 'last' | 'append' | 'merge' | 'merge-lists'

/** How one type of flag reads its words. */
export interface FlagType {
  /** The typed value, or undefined when the component refuses the word. Durations are Go's own spelling (`1m0s`). */
  readonly parse: (raw: string) => JsonValue | undefined
  readonly combine: Combine
  /** The word that stands for the flag without a value (booleans). */
  readonly bare?: string
}

const text: FlagType = { parse: (raw) => raw, combine: 'last' }
const boolean: FlagType = { parse: parseGoBool, combine: 'last', bare: 'true' }
const integer = (bits: 32 | 64, base: 0 | 10 = 0): FlagType => ({
  parse: (raw) => parseGoInt(raw, bits, base),
  combine: 'last',
})
const unsigned = (bits: 32 | 64): FlagType => ({
  parse: (raw) => (/^[+-]/.test(raw) ? undefined : parseGoInt(raw, bits)),
  combine: 'last',
})
const float: FlagType = { parse: parseGoFloat, combine: 'last' }
const csvList: FlagType = { parse: (raw) => (raw === '' ? [] : readCsvRecord(raw)), combine: 'append' }
const stringArray: FlagType = { parse: (raw) => [raw], combine: 'append' }
const pairs = (options: PairOptions): FlagType => ({
  parse: (raw) => parsePairs(raw, options),
  combine: 'merge',
})

/**
 * The types that flag tables name. The names are those that the components print in their help (pflag's Type()),
 * with a few of our own where the help gives several types one name: see `pairs` below.
 * Source: github.com/spf13/pflag v1.0.9 and k8s.io/component-base v0.36.2 cli/flag, each type's Set method.
 */
export const FLAG_TYPES: ReadonlyMap<string, FlagType> = new Map<string, FlagType>([
  ['string', text],
  ['bool', boolean],
  ['tristate', { ...boolean }],
  // The help prints an unquoted word of the usage text as the type of kubelet --seccomp-default, a boolean.
  ['RuntimeDefault', boolean],
  ['int', integer(64)],
  ['int64', integer(64)],
  ['int32', integer(32)],
  ['uint', unsigned(64)],
  ['uint16', { parse: readUint16, combine: 'last' }],
  ['uint32', { parse: readUint32, combine: 'last' }],
  ['uint64', unsigned(64)],
  ['float', float],
  ['float32', float],
  ['float64', float],
  ['duration', { parse: readDuration, combine: 'last' }],
  ['ip', { parse: (raw) => (raw === '' || isSloppyIp(raw.trim()) ? raw : undefined), combine: 'last' }],
  ['strings', csvList],
  ['stringSlice', csvList],
  ['stringArray', stringArray],
  ['list', stringArray],
  ['int32Slice', { parse: readIntegers, combine: 'append' }],
  ['mapStringString', pairs({ separator: '=', split: true })],
  // component-base NewMapStringStringNoSplit: one pair a flag.
  ['mapStringStringNoSplit', pairs({ separator: '=', split: false })],
  // component-base LangleSeparatedMapStringString: eviction thresholds.
  ['langleSeparatedMapStringString', pairs({ separator: '<', split: true })],
  // component-base ConfigurationMap: a word without = is a key with an empty value.
  ['configurationMap', pairs({ separator: '=', split: true, bareKeys: true })],
  ['mapStringBool', { parse: readGates, combine: 'merge' }],
  ['stringToString', { parse: readStringToString, combine: 'merge' }],
  [
    'colonSeparatedMultimapStringString',
    { parse: (raw) => readMultimap(raw, false), combine: 'merge-lists' },
  ],
  // The same, where a word without a colon belongs to the empty key: feature gates of the control plane.
  ['multimapDefaultKey', { parse: (raw) => readMultimap(raw, true), combine: 'merge-lists' }],
  ['quantity', { parse: (raw) => (isQuantity(raw) ? raw : undefined), combine: 'last' }],
  ['Level', { parse: readLevel, combine: 'last' }],
  ['pattern=N,...', { parse: readPatterns, combine: 'append' }],
  ['version[=true]', { parse: readVersionWord, combine: 'last', bare: 'true' }],
  ['namedCertKey', stringArray],
  ['portRange', text],
  ['[]v1.Taint', { parse: parseTaints, combine: 'last' }],
  ['reserved-memory', { parse: parseReservedMemory, combine: 'append' }],
])

interface PairOptions {
  readonly separator: '=' | '<'
  readonly split: boolean
  readonly bareKeys?: boolean
}

function parsePairs(raw: string, options: PairOptions): JsonObject | undefined {
  const entries: [string, string][] = []
  for (const word of options.split ? raw.split(',') : [raw]) {
    if (word === '' && options.split) continue
    const cut = word.indexOf(options.separator)
    if (cut === -1 && options.bareKeys !== true) return undefined
    if (cut === -1) entries.push([word.trim(), ''])
    else entries.push([word.slice(0, cut).trim(), word.slice(cut + 1).trim()])
  }
  return Object.fromEntries(entries)
}

function readGates(raw: string): JsonObject | undefined {
  const words = parsePairs(raw, { separator: '=', split: true })
  if (words === undefined) return undefined
  const gates = Object.entries(words).map(([gate, word]) => [gate, parseGoBool(scalarText(word))] as const)
  return gates.every(([, on]) => on !== undefined) ? Object.fromEntries(gates) : undefined
}

function readMultimap(raw: string, defaultKey: boolean): JsonObject | undefined {
  const lists = new Map<string, string[]>()
  for (const word of raw.split(',')) {
    if (word === '') continue
    const cut = word.indexOf(':')
    if (cut === -1 && !defaultKey) return undefined
    const key = cut === -1 ? '' : word.slice(0, cut).trim()
    const list = lists.get(key) ?? []
    list.push(word.slice(cut + 1).trim())
    lists.set(key, list)
  }
  return Object.fromEntries(lists)
}

function readStringToString(raw: string): JsonObject | undefined {
  const signs = raw.split('=').length - 1
  if (signs === 0) return undefined
  const words = signs === 1 ? [raw.replace(/^"+/, '').replace(/"+$/, '')] : readCsvRecord(raw)
  const read = words?.map((word) => parsePairs(word, { separator: '=', split: false }))
  if (read === undefined || read.includes(undefined)) return undefined
  return Object.fromEntries(read.flatMap((pair) => Object.entries(pair ?? {})))
}

function readDuration(raw: string): string | undefined {
  const nanoseconds = parseGoDuration(raw)
  return nanoseconds === undefined ? undefined : formatGoDuration(nanoseconds)
}

function readUint16(raw: string): number | undefined {
  const value = unsigned(64).parse(raw)
  return typeof value === 'number' && value < 2 ** 16 ? value : undefined
}

function readUint32(raw: string): number | undefined {
  const value = unsigned(64).parse(raw)
  return typeof value === 'number' && value < 2 ** 32 ? value : undefined
}

function readIntegers(raw: string): number[] | undefined {
  const read = raw.split(',').map((word) => parseGoInt(word, 32))
  return read.every((value) => value !== undefined) ? read : undefined
}

/** klog verbosity: an unsigned number of 31 bits. Source: component-base v0.36.2 logs/api/v1/pflags.go. */
function readLevel(raw: string): number | undefined {
  return /^\d+$/.test(raw) ? parseGoInt(raw, 32, 10) : undefined
}

function readPatterns(raw: string): JsonValue[] | undefined {
  const items: JsonValue[] = []
  for (const word of raw.split(',')) {
    if (word === '') continue
    const [filePattern = '', level = '', ...more] = word.split('=')
    const verbosity = readLevel(level)
    if (filePattern === '' || verbosity === undefined || more.length > 0) return undefined
    items.push({ filePattern, verbosity })
  }
  return items
}

function readVersionWord(raw: string): string | undefined {
  return raw === 'raw' || raw.startsWith('v') || parseGoBool(raw) !== undefined ? raw : undefined
}
