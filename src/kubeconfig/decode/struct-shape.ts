/** What a Go type takes of JSON: as much as decoding a kubeconfig needs. */
export type Shape =
  | { readonly kind: 'text' }
  | { readonly kind: 'boolean' }
  /** base64 in JSON */
  | { readonly kind: 'bytes' }
  /** any value, kept as it is */
  | { readonly kind: 'any' }
  | { readonly kind: 'list'; readonly of: Shape }
  | { readonly kind: 'map'; readonly of: Shape }
  | StructShape

export interface StructShape {
  readonly kind: 'struct'
  /** The Go type's name, as messages have it. */
  readonly name: string
  readonly fields: Readonly<Record<string, Shape>>
}

export const TEXT: Shape = { kind: 'text' }
export const BOOLEAN: Shape = { kind: 'boolean' }
export const BYTES: Shape = { kind: 'bytes' }

export const listOf = (of: Shape): Shape => ({ kind: 'list', of })
export const mapOf = (of: Shape): Shape => ({ kind: 'map', of })
export const struct = (name: string, fields: StructShape['fields']): StructShape => ({
  kind: 'struct',
  name,
  fields,
})

/** The type in Go's words, for messages. */
export function goTypeName(shape: Shape): string {
  switch (shape.kind) {
    case 'text':
      return 'string'
    case 'boolean':
      return 'bool'
    case 'bytes':
      return '[]uint8'
    case 'any':
      return 'runtime.RawExtension'
    case 'list':
      return `[]${goTypeName(shape.of)}`
    case 'map':
      return `map[string]${goTypeName(shape.of)}`
    case 'struct':
      return `v1.${shape.name}`
  }
}
