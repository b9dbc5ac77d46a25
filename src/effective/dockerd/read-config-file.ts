import { posix } from 'node:path'
import { readDaemonJson, releaseOf, type DaemonKey } from '../../docker/index.js'
import type { EffectiveConfig, JsonPath, Origin } from '../../model/index.js'
import type { DockerdInput, StartFault } from './dockerd-input.js'
import type { ReadFlags } from './read-flags.js'

/** daemon.json as far as it was seen. */
export interface ConfigFile {
  readonly path: string
  /** The file exists and was read; false also when it is known to be absent. */
  readonly present: boolean
  /** The last occurrence of each key. */
  readonly keys: ReadonlyMap<string, DaemonKey>
  readonly faults: readonly StartFault[]
  readonly gap?: EffectiveConfig['gaps'][number]
}

/** Reads the file that dockerd was told to read, or the one at its usual place. */
export function readConfigFile(input: DockerdInput, flags: ReadFlags): ConfigFile {
  const told = flags.set.get('config-file')?.value
  const path = typeof told === 'string' && told !== '' ? posix.resolve('/', told) : input.defaultConfigFile
  const file = input.file(path)
  const none = { path, present: false, keys: new Map<string, DaemonKey>(), faults: [] }
  const origin: Origin = { kind: 'file', file: path, host: input.host }
  if (file === undefined) {
    if (told === '' || (told === undefined && input.filesSeen)) return none
    return {
      ...none,
      gap: { reason: 'no-source', detail: `\`${path}\` was not found among what was read`, origin },
    }
  }
  if (file.text === undefined) {
    const detail = `\`${path}\` could not be read: ${file.unreadable ?? 'its text is not here'}`
    return { ...none, present: true, gap: { reason: 'unreadable', detail, origin } }
  }
  return readText(input, path, file.text)
}

function readText(input: DockerdInput, path: string, text: string): ConfigFile {
  const read = readDaemonJson(text, releaseOf(input.version))
  const place = (at: { path?: JsonPath; line?: number; column?: number }): Origin => ({
    kind: 'file',
    file: path,
    host: input.host,
    ...(at.line === undefined ? {} : { line: at.line }),
    ...(at.column === undefined ? {} : { column: at.column }),
    ...(at.path === undefined ? {} : { path: at.path }),
  })
  const faults = read.faults.map((fault): StartFault => ({
    kind: fault.kind,
    message: `\`${path}\`: ${fault.message}`,
    ...(fault.key === undefined ? {} : { setting: fault.key }),
    origin: place(fault),
    certain: fault.certain,
  }))
  const keys = new Map(read.keys.map((key) => [key.key, key]))
  const base = { path, present: true, keys, faults }
  if (read.readable) return base
  const first = faults[0]
  const detail = first?.message ?? `\`${path}\` cannot be read`
  return { ...base, gap: { reason: 'unparsable', detail, origin: first?.origin ?? place({}) } }
}

/** The origin of a key of the file. */
export function originOfKey(input: DockerdInput, file: ConfigFile, key: DaemonKey): Origin {
  return {
    kind: 'file',
    file: file.path,
    host: input.host,
    line: key.line,
    column: key.column,
    path: key.path,
  }
}
