import { isEmptyValue, type DaemonKey } from '../../docker/index.js'
import type { JsonValue, Origin, Setting, SettingSource } from '../../model/index.js'
import { scalarText } from '../../text/index.js'
import type { DockerdInput } from './dockerd-input.js'
import { originOfKey, type ConfigFile } from './read-config-file.js'
import type { ReadFlags, SetFlag } from './read-flags.js'

/** A value with who says so. */
export interface Claim {
  readonly value: JsonValue
  readonly source: SettingSource
  readonly origin: Origin
}

/** What the command line and daemon.json say, by the key of daemon.json. */
export class Layers {
  private readonly byKey: ReadonlyMap<string, SetFlag>

  constructor(
    readonly input: DockerdInput,
    readonly flags: ReadFlags,
    readonly file: ConfigFile,
  ) {
    this.byKey = new Map([...flags.set.values()].map((set) => [set.flag.key, set]))
  }

  flag(key: string): Claim | undefined {
    const set = this.byKey.get(key)
    const first = set?.from[0]
    if (set === undefined || first === undefined) return undefined
    return this.flagClaim(set.from.length > 1 ? first : (set.from.at(-1) ?? first), set.value)
  }

  /** Earlier occurrences of a flag whose last one counts. */
  replaced(key: string): Claim[] {
    return (this.byKey.get(key)?.replaced ?? []).map((flag) => this.flagClaim(flag, flag.value))
  }

  /** One claim for each occurrence of a list flag, in order. */
  flagItems(key: string): Claim[] {
    return (this.byKey.get(key)?.from ?? []).map((flag) => this.flagClaim(flag, flag.raw))
  }

  private flagClaim(flag: SetFlag['from'][number], value: JsonValue): Claim {
    const { argument, argIndex } = flag
    const { described } = this.input
    const source: SettingSource = {
      kind: 'flag',
      argIndex,
      ...(argument.file === undefined ? {} : { file: argument.file }),
      ...(argument.line === undefined ? {} : { line: argument.line }),
      ...(argument.column === undefined ? {} : { column: argument.column }),
      ...(described === undefined ? {} : { described }),
    }
    return { value, source, origin: this.flags.origin(flag) }
  }

  /** What the file says, whether or not it reaches the daemon. */
  written(key: string): Claim | undefined {
    const written = this.file.keys.get(key)
    return written === undefined ? undefined : this.fileClaim(written)
  }

  /** What of the file reaches the daemon: `false` counts, other empty values do not. */
  inFile(key: string): Claim | undefined {
    const written = this.file.keys.get(key)
    return written?.effective === true && !isEmptyValue(written.value) ? this.fileClaim(written) : undefined
  }

  /** Source and origin of one member of a setting's map or list: its own line in the file, its own flag. */
  memberPlace(setting: Setting, member: string | number): Pick<Setting, 'source' | 'origin'> {
    const { source, origin } = setting
    const path = source.path
    if (source.kind === 'flag') {
      const own = this.flagItems(setting.setting).find((claim, index) =>
        typeof member === 'number' ? index === member : scalarText(claim.value).split('=', 1)[0] === member,
      )
      return own === undefined ? { source, origin } : { source: own.source, origin: own.origin }
    }
    if (source.kind !== 'file' || path === undefined || origin.kind !== 'file') return { source, origin }
    const place = this.file.keys.get(setting.setting)?.members.get(member)
    const at = {
      ...(place === undefined ? {} : { line: place.line, column: place.column }),
      path: [...path, member],
    }
    return { source: { ...source, ...at }, origin: { ...origin, ...at } }
  }

  /** Where a setting that nobody sets would stand: in daemon.json, where there is one. */
  get home(): Origin | undefined {
    const { file, input } = this
    if (!file.present || file.gap !== undefined) return undefined
    return { kind: 'file', file: file.path, host: input.host, line: 1, column: 1 }
  }

  private fileClaim(key: DaemonKey): Claim {
    const { file, input } = this
    const source: SettingSource = {
      kind: 'file',
      file: file.path,
      line: key.line,
      column: key.column,
      path: key.path,
    }
    return { value: key.value, source, origin: originOfKey(input, file, key) }
  }
}

/** A setting won by the first claim; the others lost to it. */
export function settingOf(name: string, winner: Claim, losers: readonly (Claim | undefined)[]): Setting {
  const overridden = losers.flatMap((claim) =>
    claim === undefined ? [] : [{ value: claim.value, source: claim.source }],
  )
  return { setting: name, value: winner.value, source: winner.source, overridden, origin: winner.origin }
}

/** A default; `detail` says why it is that. */
export function defaultClaim(value: JsonValue, detail: string, place?: Origin): Claim {
  const file = place === undefined ? undefined : placeIn(place)
  return {
    value,
    source: { kind: 'default', described: detail },
    origin: { kind: 'default', component: 'dockerd', detail, ...(file === undefined ? {} : { place: file }) },
  }
}

function placeIn(origin: Origin) {
  if (origin.kind === 'process') return origin.place
  if (origin.kind !== 'file') return undefined
  const { file, host, line, column } = origin
  return {
    file,
    ...(host === undefined ? {} : { host }),
    ...(line === undefined ? {} : { line }),
    ...(column === undefined ? {} : { column }),
  }
}
