import {
  dockerdFlags,
  dockerdFlagTable,
  optionValue,
  releaseOf,
  type DockerdFlag,
} from '../../docker/index.js'
import type { JsonValue, Origin } from '../../model/index.js'
import { flagValues, parseFlags, type ParsedFlag } from '../../text/index.js'
import { originOfArgument } from '../argument-places.js'
import type { DockerdInput, StartFault } from './dockerd-input.js'

/** A flag that was set, with its value in the shape of daemon.json. */
export interface SetFlag {
  readonly flag: DockerdFlag
  readonly value: JsonValue
  /** Occurrences that make the value, and those that a later one replaced. */
  readonly from: readonly ParsedFlag[]
  readonly replaced: readonly ParsedFlag[]
}

export interface ReadFlags {
  /** By the flag's name. */
  readonly set: ReadonlyMap<string, SetFlag>
  readonly faults: readonly StartFault[]
  readonly origin: (flag: ParsedFlag) => Origin
}

/** Reads the command line of dockerd. Unknown flags, bad values and words that are no flag stop the start. */
export function readFlags(input: DockerdInput): ReadFlags {
  const release = releaseOf(input.version)
  const table = dockerdFlagTable(release)
  const args = input.args ?? []
  const at = (argIndex: number): Origin =>
    originOfArgument({ host: input.host, component: 'dockerd', pid: input.pid }, args, argIndex)
  const parsed = parseFlags(args, table, { underscores: false })
  const described = new Map(dockerdFlags(release).map((flag) => [flag.name, flag]))
  const set = new Map<string, SetFlag>()
  for (const [name, { value, from, replaced }] of flagValues(parsed, table)) {
    const flag = described.get(name)
    if (flag !== undefined)
      set.set(name, { flag, value: unquoted(optionValue(flag.kind, value)), from, replaced })
  }
  const faults: StartFault[] = parsed.errors.map((error) => ({
    kind: 'flags',
    message: error.message,
    origin: at(error.argIndex),
    certain: true,
  }))
  const word = parsed.positional[0]
  if (word !== undefined) {
    const message = 'dockerd takes no arguments besides flags'
    faults.push({ kind: 'flags', message, origin: at(word.argIndex), certain: true })
  }
  return { set, faults, origin: (flag) => at(flag.argIndex) }
}

/** dockerd takes quotes around a value away. Source: moby v20.10.27 opts/quotedstring.go. */
function unquoted(value: JsonValue): JsonValue {
  if (typeof value !== 'string') return value
  return /^(["'])(.*)\1$/s.exec(value)?.[2] ?? value
}
