import type { UnitSetting } from './systemd-unit.js'
import { systemdWords } from './systemd-words.js'
import { tracedFrom, type TextPlace, type TracedText } from './traced-text.js'

/** A unit file or drop-in: its path on the host and its settings. */
export interface UnitPart {
  readonly file: string
  readonly settings: readonly UnitSetting[]
}

/** A text of a unit together with the file it stands in. */
export interface UnitText {
  readonly file: string
  readonly value: TracedText
}

/** A variable of a service. */
export interface ServiceVariable extends UnitText {
  readonly name: string
}

/** What a service runs, after all drop-ins; specifiers and variables are not replaced yet. */
export interface Service {
  readonly execStart: readonly UnitText[]
  readonly environment: readonly ServiceVariable[]
  readonly environmentFiles: readonly {
    readonly path: string
    /** `-path`: it may be absent. */
    readonly optional: boolean
    readonly file: string
    readonly place: TextPlace
  }[]
  /** Names that `UnsetEnvironment=` takes away. */
  readonly unset: ReadonlySet<string>
  /** Names taken from the manager's own environment, whose values are not in any file. */
  readonly passed: ReadonlySet<string>
  readonly workingDirectory?: string
}

/**
 * Reads the `[Service]` settings of a unit and its drop-ins, given in the order of force (later wins). An empty
 * assignment resets a list. Source: systemd.service(5), systemd.exec(5).
 */
export function serviceOf(parts: readonly UnitPart[]): Service {
  const lists = new Map<string, UnitText[]>()
  let workingDirectory: string | undefined
  for (const { file, settings } of parts) {
    for (const { section, key, value } of settings) {
      if (section !== 'Service') continue
      if (key === 'WorkingDirectory') workingDirectory = value.text.replace(/^-/, '')
      const text = value.text.trim()
      const list = text === '' ? [] : (lists.get(key) ?? [])
      lists.set(key, list)
      if (text !== '') list.push({ file, value })
    }
  }
  const of = (key: string): readonly UnitText[] => lists.get(key) ?? []
  return {
    execStart: of('ExecStart'),
    environment: of('Environment').flatMap(assignments),
    environmentFiles: of('EnvironmentFile').map(({ file, value }) => {
      const path = value.text.trim()
      const optional = path.startsWith('-')
      return { path: optional ? path.slice(1) : path, optional, file, place: value.placeAt(0) }
    }),
    unset: namesIn(of('UnsetEnvironment')),
    passed: namesIn(of('PassEnvironment')),
    ...(workingDirectory?.startsWith('/') === true ? { workingDirectory } : {}),
  }
}

function assignments({ file, value }: UnitText): ServiceVariable[] {
  return systemdWords(value).flatMap((word) => {
    const equals = word.value.indexOf('=')
    if (equals <= 0) return []
    const name = word.value.slice(0, equals)
    return [{ name, file, value: tracedFrom(word.value.slice(equals + 1), word.place) }]
  })
}

function namesIn(texts: readonly UnitText[]): Set<string> {
  return new Set(texts.flatMap(({ value }) => systemdWords(value).map((word) => word.value)))
}
