import { isObject, type JsonObject, type JsonPath, type JsonValue } from '../../model/index.js'
import { base64Fault } from './go-base64.js'
import { goTypeName, type Shape, type StructShape } from './struct-shape.js'

/** Why a value does not fit a Go type, in Go's words, and where it stands. */
export interface DecodeFault {
  readonly message: string
  readonly path: JsonPath
}

/**
 * The first fault that Go's decoder would report for a value, or undefined where it fits. Keys are taken in the order of
 * their names: kubectl turns YAML to JSON with sorted keys before it decodes. Unknown keys and null fit everything.
 * Source: sigs.k8s.io/json v0.0.0-20250730193827 internal/golang/encoding/json/decode.go.
 */
export function decodeFault(value: JsonValue, shape: StructShape): DecodeFault | undefined {
  return faultIn(value, shape, { path: [], struct: '', fields: [] })
}

interface Place {
  readonly path: JsonPath
  /** The innermost Go struct, and the names of fields from the outermost one. */
  readonly struct: string
  readonly fields: readonly string[]
}

function faultIn(value: JsonValue | undefined, shape: Shape, place: Place): DecodeFault | undefined {
  if (value === null || value === undefined) return undefined
  switch (shape.kind) {
    case 'any':
      return undefined
    case 'text':
      return typeof value === 'string' ? undefined : mismatch(value, shape, place)
    case 'boolean':
      return typeof value === 'boolean' ? undefined : mismatch(value, shape, place)
    case 'bytes':
      return typeof value === 'string' ? badBase64(value, place) : mismatch(value, shape, place)
    case 'list':
      if (!Array.isArray(value)) return mismatch(value, shape, place)
      return first(value, (item, index) =>
        faultIn(item, shape.of, { ...place, path: [...place.path, index] }),
      )
    case 'map':
      if (!isObject(value)) return mismatch(value, shape, place)
      return first(keysOf(value), (key) =>
        faultIn(value[key], shape.of, { ...place, path: [...place.path, key] }),
      )
    case 'struct':
      if (!isObject(value)) return mismatch(value, shape, place)
      return first(keysOf(value), (key) => fieldFault(value, key, shape, place))
  }
}

function fieldFault(
  value: JsonObject,
  key: string,
  shape: StructShape,
  place: Place,
): DecodeFault | undefined {
  const field = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined
  if (field === undefined) return undefined
  return faultIn(value[key], field, {
    path: [...place.path, key],
    struct: shape.name,
    fields: [...place.fields, key],
  })
}

function first<T, R>(list: readonly T[], find: (item: T, index: number) => R | undefined): R | undefined {
  for (const [index, item] of list.entries()) {
    const found = find(item, index)
    if (found !== undefined) return found
  }
  return undefined
}

function keysOf(value: JsonObject): string[] {
  return Object.keys(value).sort()
}

function badBase64(text: string, { path }: Place): DecodeFault | undefined {
  const fault = base64Fault(text)
  return fault === undefined ? undefined : { message: `illegal base64 data at input byte ${fault}`, path }
}

function mismatch(value: JsonValue, shape: Shape, { struct, fields, path }: Place): DecodeFault {
  const into = `Go struct field ${struct}.${fields.join('.')}`
  return {
    message: `json: cannot unmarshal ${jsonKind(value)} into ${into} of type ${goTypeName(shape)}`,
    path,
  }
}

/** What Go calls the kinds of JSON values. */
export function jsonKind(value: JsonValue): string {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'boolean') return 'bool'
  return typeof value
}
