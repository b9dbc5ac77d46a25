import {
  asStrings,
  isObject,
  known,
  unknown,
  valueAt,
  type Fact,
  type HostFile,
  type JsonPath,
  type JsonValue,
  type Origin,
  type Unknown,
} from '../model/index.js'
import { readToml, type TomlDocument } from '../text/index.js'

/** One file of a configuration that is put together from several. */
export interface TomlLayer {
  readonly file: string
  readonly document: TomlDocument
}

/** Files in the order in which they are read (a later one wins), and what could not be read of them. */
export interface TomlLayers {
  readonly layers: readonly TomlLayer[]
  readonly gaps: readonly Unknown[]
}

/** Reads one file as a layer; undefined, with a gap, when it is there and cannot be read. */
export function layerOf(
  file: HostFile,
  host: string,
):
  | { readonly layer: TomlLayer; readonly gap?: undefined }
  | { readonly layer?: undefined; readonly gap: Unknown } {
  const origin: Origin = { kind: 'file', host, file: file.path, line: 1 }
  if (file.text === undefined) {
    return {
      gap: unknown('unreadable', `\`${file.path}\` cannot be read: ${file.unreadable ?? 'no text'}`, origin),
    }
  }
  const read = readToml(file.text)
  if (read.document !== undefined) return { layer: { file: file.path, document: read.document } }
  const { line, message } = read.problem
  return { gap: unknown('unparsable', `\`${file.path}\` line ${line}: ${message}`, { ...origin, line }) }
}

/** Where a key of a layer stands. */
export function placeOf(layer: TomlLayer, host: string, path: JsonPath): Origin {
  return { kind: 'file', host, file: layer.file, path, ...layer.document.place(path) }
}

/** How later files change what earlier ones say. */
export type Merge =
  /** A later value takes the place of an earlier one. */
  | 'replace'
  /** Texts, numbers and switches that are empty, 0 or false change nothing (Go's mergo). */
  | 'keep-unless-set'

/**
 * The value at a path in force: that of the last layer that sets it, null where none does. While a file could not be
 * read it is unknown, since that file may set it.
 */
export function settingOf(
  { layers, gaps }: TomlLayers,
  host: string,
  path: JsonPath,
  merge: Merge,
  component: string,
): Fact {
  const gap = gaps[0]
  if (gap !== undefined) return gap
  const setting = layers.filter(({ document }) => valueAt(document.value, path) !== undefined)
  const last = setting.findLast(
    ({ document }) => merge === 'replace' || !isEmpty(valueAt(document.value, path)),
  )
  const winner = last ?? setting.at(-1)
  if (winner !== undefined)
    return known(valueAt(winner.document.value, path) ?? null, placeOf(winner, host, path))
  const nearest = layers.findLast(({ document }) => valueAt(document.value, path.slice(0, -1)) !== undefined)
  const place = nearest ?? layers[0]
  const detail = `\`${String(path.at(-1))}\` is not set`
  if (place === undefined) return known(null, { kind: 'default', component, detail })
  const { line, column } = place.document.place(path)
  return known(null, { kind: 'default', component, detail, place: { file: place.file, host, line, column } })
}

/** Members of a list that all layers add to. */
export function addedUp(
  { layers }: TomlLayers,
  path: JsonPath,
): { readonly value: string; readonly layer: TomlLayer; readonly index: number }[] {
  return layers.flatMap((layer) =>
    asStrings(valueAt(layer.document.value, path)).map((value, index) => ({ value, layer, index })),
  )
}

function isEmpty(value: JsonValue | undefined): boolean {
  if (value === undefined || value === null || value === '' || value === 0 || value === false) return true
  return Array.isArray(value) ? value.length === 0 : isObject(value) && Object.keys(value).length === 0
}
