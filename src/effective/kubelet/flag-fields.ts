import data from '../../../data/kubelet-flag-fields-1.36.json' with { type: 'json' }
import { asList, asObject, type JsonObject, type JsonValue } from '../../model/index.js'
import { flagValues, type FlagTable, type FlagValue, type ParsedFlags } from '../../text/index.js'
import { getField, setField } from './fields.js'

const LISTED: Readonly<Record<string, string>> = data.fields

/** Flags of the list that found no effect of their own when it was made. Source: cmd/kubelet/app/options/options.go. */
const MORE: Readonly<Record<string, string>> = {
  runonce: 'runOnce',
  'log-json-split-stream': 'logging.options.json.splitStream',
  'log-json-info-buffer-size': 'logging.options.json.infoBufferSize',
}

// An empty word leaves these as they are. Source: kubernetes v1.36.2 pkg/util/flag/flags.go, IPVar.Set, ReservedMemoryVar.Set.
const EMPTY_IS_NOTHING = new Set(['address', 'healthz-bind-address', 'reserved-memory'])

/** The field that a flag sets, as a dotted name, or undefined for a flag without one. */
export function fieldOfFlag(flag: string): string | undefined {
  if (Object.hasOwn(LISTED, flag)) return LISTED[flag]
  return Object.hasOwn(MORE, flag) ? MORE[flag] : undefined
}

/** The flag that sets a field. */
export function flagOfField(field: string): string | undefined {
  return [...Object.entries(LISTED), ...Object.entries(MORE)].find(([, name]) => name === field)?.[0]
}

/** What the flags of a command line come to; words that leave a setting as it is are left out. */
export function effectiveFlags(parsed: ParsedFlags, table: FlagTable): ReadonlyMap<string, FlagValue> {
  const values = parsed.values.filter((flag) => flag.raw !== '' || !EMPTY_IS_NOTHING.has(flag.name))
  return flagValues({ ...parsed, values }, table)
}

/** Fields that registering the flags puts back to false: the files cannot set them. Source: component-base logs/api/v1, addFlags. */
export const RESET_BY_FLAGS: readonly string[] = [
  'logging.options.text.splitStream',
  'logging.options.json.splitStream',
]

/** Puts flags over a configuration that was loaded from files, in place. */
export function applyFlagsOverFiles(config: JsonObject, flags: ReadonlyMap<string, FlagValue>): void {
  for (const field of RESET_BY_FLAGS) setField(config, field.split('.'), false)
  applyFlags(config, flags)
}

/** Puts flags over a configuration, in place: gates of the flag win by name, log patterns are added, all else is replaced. */
export function applyFlags(config: JsonObject, flags: ReadonlyMap<string, FlagValue>): void {
  for (const [name, flag] of flags) {
    const field = fieldOfFlag(name)
    if (field === undefined) continue
    const path = field.split('.')
    setField(config, path, overlaid(name, getField(config, path), flag.value))
  }
}

function overlaid(name: string, before: JsonValue | undefined, value: JsonValue): JsonValue {
  if (name === 'vmodule') return [...asList(before), ...asList(value)]
  if (name !== 'feature-gates') return value
  return Object.fromEntries([...Object.entries(asObject(before)), ...Object.entries(asObject(value))])
}

/** Feature gates as a map of booleans. */
export function gatesIn(value: JsonValue | undefined): ReadonlyMap<string, boolean> {
  const entries = Object.entries(asObject(value))
  return new Map(entries.filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean'))
}
