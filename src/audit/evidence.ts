import type { EvidenceInput } from '../checks/index.js'
import {
  formatPath,
  stablePath,
  valueAt,
  type Estate,
  type Evidence,
  type FilePlace,
  type JsonPath,
  type KubeObject,
  type Origin,
  type Snippet,
} from '../model/index.js'
import { locate, maskText, placeInScalar, sensitiveValues, type LineColumn } from '../text/index.js'
import { snippetAt, snippetReader, type SnippetReader } from './snippet.js'

export type EvidenceReader = (input: EvidenceInput) => Evidence

/** Finds line, column and the lines around each place, with secrets masked. Texts are read again only for this. */
export function evidenceReader(estate: Estate): EvidenceReader {
  const hosts = new Map(estate.hosts.map((host) => [host.name, host]))
  const fileSnippet = (place: FilePlace): Snippet | undefined => {
    const text = hosts.get(place.host ?? '')?.files.get(place.file)?.text
    return text === undefined || place.line === undefined ? undefined : snippetAt(text, 1, place.line, [])
  }
  const placesOf = objectPlaces(estate)
  return ({ origin, message, key }) => {
    const masked = maskText(message)
    if (origin.kind !== 'object') {
      return { key: key ?? keyOf(origin), message: masked, ...placeOf(origin, fileSnippet) }
    }
    const place = placesOf(origin.object)(origin)
    return { key: key ?? place.key, message: masked, ...place.parts }
  }
}

type ObjectOrigin = Extract<Origin, { readonly kind: 'object' }>
type ElsewhereOrigin = Exclude<Origin, { readonly kind: 'object' }>

type PlaceParts = Omit<Evidence, 'key' | 'message'>

/** A place in an object, as every finding about it shows it. */
interface ObjectPlace {
  readonly key: string
  readonly parts: PlaceParts
}

type PlaceReader = (origin: Pick<ObjectOrigin, 'path' | 'inside'>) => ObjectPlace

/** So many objects are kept with their texts: a role is asked about together with its bindings and their subjects. */
const KEPT = 16

/**
 * The places of an object. Its text is read once and each place is made once, as long as findings come object by
 * object: dozens of checks point at the same container.
 */
function objectPlaces(estate: Estate): (object: KubeObject) => PlaceReader {
  const kept = new Map<KubeObject, PlaceReader>()
  return (object) => {
    let places = kept.get(object)
    if (places === undefined) {
      places = placeReader(object, estate.texts.read(object.slice))
      kept.set(object, places)
      const [oldest] = kept.keys()
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
    }
    return places
  }
}

function placeReader(object: KubeObject, text: string | undefined): PlaceReader {
  const { slice } = object
  const snippet =
    text === undefined ? undefined : snippetReader(text, slice.line, sensitiveValues(object.content), object)
  const places = new Map<string, ObjectPlace>()
  return ({ path, inside }) => {
    const written = formatPath(path)
    const name = inside === undefined ? written : `${written}\0${formatPath(inside)}`
    let place = places.get(name)
    if (place === undefined) {
      const parts = { file: slice.file, object: object.ref, path: written, ...hostOf(object) }
      place = {
        key: stablePath(object.content, path),
        parts:
          text === undefined || snippet === undefined
            ? // A snapshot keeps no text: the line where the object begins is the best that is known.
              { ...parts, line: slice.line }
            : { ...parts, ...shownAt(lineColumn(object, text, path, inside), snippet) },
      }
      places.set(name, place)
    }
    return place
  }
}

function hostOf({ host }: KubeObject): { readonly host?: string } {
  return host === undefined ? {} : { host }
}

function shownAt(
  { line, column }: LineColumn,
  snippetOf: SnippetReader,
): Pick<Evidence, 'line' | 'column' | 'snippet'> {
  const snippet = snippetOf(line)
  return { line, column, ...(snippet === undefined ? {} : { snippet }) }
}

function lineColumn(object: KubeObject, text: string, path: JsonPath, inside?: JsonPath): LineColumn {
  const { slice } = object
  const whole = locate(text, slice, [...(slice.path ?? []), ...path]) ?? slice
  return inside === undefined ? whole : (placeInside(object, text, whole, path, inside) ?? whole)
}

/** The place of a value in the document that a field holds as a text. */
function placeInside(
  object: KubeObject,
  text: string,
  whole: LineColumn,
  path: JsonPath,
  inside: JsonPath,
): LineColumn | undefined {
  const document = valueAt(object.content, path)
  if (typeof document !== 'string') return undefined
  const format = document.trimStart().startsWith('{') ? 'json' : 'yaml'
  const at = locate(document, { format, line: 1, column: 1 }, inside)
  if (at === undefined) return undefined
  const { line, column } = object.slice
  const start = {
    line: whole.line - line + 1,
    column: whole.line === line ? whole.column - column + 1 : whole.column,
  }
  const place = placeInScalar(text, start, document, offsetOf(document, at))
  if (place === undefined) return undefined
  return { line: place.line + line - 1, column: place.line === 1 ? place.column + column - 1 : place.column }
}

function offsetOf(text: string, { line, column }: LineColumn): number {
  let at = 0
  for (let passed = 1; passed < line; passed += 1) at = text.indexOf('\n', at) + 1
  return at + column - 1
}

function placeOf(
  origin: ElsewhereOrigin,
  fileSnippet: (place: FilePlace) => Snippet | undefined,
): PlaceParts {
  switch (origin.kind) {
    case 'file':
      return {
        ...filePlace(origin, fileSnippet),
        ...(origin.path === undefined ? {} : { path: formatPath(origin.path) }),
      }
    case 'process':
      return {
        host: origin.host,
        ...(origin.place === undefined ? {} : filePlace(origin.place, fileSnippet)),
        process: {
          ...(origin.pid === undefined ? {} : { pid: origin.pid }),
          component: origin.component,
          argIndex: origin.argIndex,
        },
      }
    case 'stat':
      return { host: origin.host, file: origin.file }
    case 'default':
      return origin.place === undefined ? {} : filePlace(origin.place, fileSnippet)
  }
}

function filePlace(place: FilePlace, fileSnippet: (place: FilePlace) => Snippet | undefined): PlaceParts {
  const snippet = fileSnippet(place)
  return {
    file: place.file,
    ...(place.host === undefined ? {} : { host: place.host }),
    ...(place.line === undefined ? {} : { line: place.line }),
    ...(place.column === undefined ? {} : { column: place.column }),
    ...(snippet === undefined ? {} : { snippet }),
  }
}

function keyOf(origin: ElsewhereOrigin): string {
  switch (origin.kind) {
    case 'file':
      return `${origin.file}${origin.path === undefined ? '' : `:${formatPath(origin.path)}`}`
    case 'process':
      return `${origin.component} ${origin.argument.split('=', 1)[0] ?? ''}`
    case 'stat':
      return origin.file
    case 'default':
      return `${origin.component} default`
  }
}
