import type { JsonPath } from '../../model/index.js'
import { parseGoDuration, type DocNode } from '../../text/index.js'

/** What a document may hold, as the Go type it is decoded into. `duration` is a text such as `30s`. */
export type Shape =
  | { readonly kind: 'text' | 'boolean' | 'duration' }
  | { readonly kind: 'list'; readonly items: Shape }
  | { readonly kind: 'object'; readonly fields: Readonly<Record<string, Shape>> }

/** Where a document is not of its shape: the path of the value or unknown key, with the place of it. */
export interface ShapeError {
  readonly path: JsonPath
  readonly message: string
  readonly line: number
  readonly column: number
}

const NAMES = { text: 'a text', boolean: 'true or false', duration: 'a duration such as `30s`' } as const

/**
 * Everything that Kubernetes' strict decoder refuses: values of another type, unknown fields. Keys count with their
 * letters' case. `null` stands for an absent value of every type but a duration.
 * Source: sigs.k8s.io/json, UnmarshalStrict; apimachinery v0.36.2 pkg/apis/meta/v1/duration.go, UnmarshalJSON.
 */
export function shapeErrors(node: DocNode, shape: Shape, path: JsonPath = []): ShapeError[] {
  const wrong = (message: string): ShapeError[] => [{ path, message, line: node.line, column: node.column }]
  if (node.kind === 'scalar') return scalarFits(node.value, shape) ? [] : wrong(`it must be ${nameOf(shape)}`)
  if (shape.kind === 'list' && node.kind === 'list') {
    return node.items.flatMap((item, index) => shapeErrors(item, shape.items, [...path, index]))
  }
  if (shape.kind !== 'object' || node.kind !== 'map') return wrong(`it must be ${nameOf(shape)}`)
  return [...node.entries].flatMap(([key, entry]) => {
    const known = Object.hasOwn(shape.fields, key) ? shape.fields[key] : undefined
    if (known !== undefined) return shapeErrors(entry.value, known, [...path, key])
    const { line, column } = entry
    return [{ path: [...path, key], message: unknownField(key, shape.fields), line, column }]
  })
}

function scalarFits(value: string | number | boolean | null, { kind }: Shape): boolean {
  if (kind === 'duration') return typeof value === 'string' && parseGoDuration(value) !== undefined
  if (value === null) return true
  if (kind === 'text') return typeof value === 'string'
  return kind === 'boolean' && typeof value === 'boolean'
}

function nameOf(shape: Shape): string {
  if (shape.kind === 'list') return 'a list'
  return shape.kind === 'object' ? 'an object' : NAMES[shape.kind]
}

function unknownField(key: string, fields: Readonly<Record<string, Shape>>): string {
  const same = Object.keys(fields).find((name) => name.toLowerCase() === key.toLowerCase())
  return same === undefined ? 'there is no such field' : `there is no such field; it is written \`${same}\``
}
