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
import { snippetAt } from './snippet.js'

export type EvidenceReader = (input: EvidenceInput) => Evidence

/** Finds line, column and the lines around each place, with secrets masked. Texts are read again only for this. */
export function evidenceReader(estate: Estate): EvidenceReader {
  const hosts = new Map(estate.hosts.map((host) => [host.name, host]))
  const fileSnippet = (place: FilePlace): Snippet | undefined => {
    const text = hosts.get(place.host ?? '')?.files.get(place.file)?.text
    return text === undefined || place.line === undefined ? undefined : snippetAt(text, 1, place.line, [])
  }
  const textOf = objectTexts(estate)
  return (input) => ({
    key: input.key ?? keyOf(input.origin),
    message: maskText(input.message),
    ...placeOf(input.origin, textOf, fileSnippet),
  })
}

interface ObjectText {
  readonly object: KubeObject
  readonly text: string | undefined
  readonly secrets: readonly string[]
}

/** The text of an object and what is secret in it, kept until another one is asked for: findings come object by object. */
function objectTexts(estate: Estate): (object: KubeObject) => ObjectText {
  let last: ObjectText | undefined
  return (object) => {
    if (last?.object !== object) {
      const text = estate.texts.read(object.slice)
      last = { object, text, secrets: text === undefined ? [] : sensitiveValues(object.content) }
    }
    return last
  }
}

type PlaceParts = Omit<Evidence, 'key' | 'message'>

function placeOf(
  origin: Origin,
  textOf: (object: KubeObject) => ObjectText,
  fileSnippet: (place: FilePlace) => Snippet | undefined,
): PlaceParts {
  switch (origin.kind) {
    case 'object':
      return objectPlace(textOf(origin.object), origin)
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

function objectPlace(
  { object, text, secrets }: ObjectText,
  { path, inside }: Pick<Extract<Origin, { kind: 'object' }>, 'path' | 'inside'>,
): PlaceParts {
  const parts: PlaceParts = {
    file: object.slice.file,
    object: object.ref,
    path: formatPath(path),
    ...(object.host === undefined ? {} : { host: object.host }),
  }
  // A snapshot keeps no text: the line where the object begins is the best that is known.
  if (text === undefined) return { ...parts, line: object.slice.line }
  const whole = locate(text, object.slice, [...(object.slice.path ?? []), ...path]) ?? object.slice
  const place = inside === undefined ? whole : (placeInside(object, text, whole, path, inside) ?? whole)
  const snippet = snippetAt(text, object.slice.line, place.line, secrets, object)
  return { ...parts, line: place.line, column: place.column, ...(snippet === undefined ? {} : { snippet }) }
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

function keyOf(origin: Origin): string {
  switch (origin.kind) {
    case 'object':
      return stablePath(origin.object.content, origin.path)
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
