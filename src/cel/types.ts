/** A type of the Common Expression Language. Source: cel-spec doc/langdef.md, and cel-go common/types/types.go. */
export type CelType =
  | { readonly kind: SimpleKind }
  | { readonly kind: 'list'; readonly element: CelType }
  | { readonly kind: 'map'; readonly key: CelType; readonly value: CelType }
  | { readonly kind: 'opaque'; readonly name: string; readonly parameters: readonly CelType[] }
  | ObjectType
  /** The type of a type: `type(1)`. */
  | { readonly kind: 'type'; readonly of?: CelType }
  | { readonly kind: 'parameter'; readonly name: string }

type SimpleKind =
  | 'null'
  | 'bool'
  | 'int'
  | 'uint'
  | 'double'
  | 'string'
  | 'bytes'
  | 'duration'
  | 'timestamp'
  | 'dyn'
  | 'error'

/** A type with declared fields; a value of it is a map at run time. */
export interface ObjectType {
  readonly kind: 'object'
  readonly name: string
  readonly fields: ReadonlyMap<string, CelType>
}

const simple = <K extends SimpleKind>(kind: K): { readonly kind: K } => ({ kind })
export const NULL = simple('null')
export const BOOL = simple('bool')
export const INT = simple('int')
export const UINT = simple('uint')
export const DOUBLE = simple('double')
export const STRING = simple('string')
export const BYTES = simple('bytes')
export const DURATION = simple('duration')
export const TIMESTAMP = simple('timestamp')
export const DYN = simple('dyn')
export const ERROR = simple('error')
export const TYPE: CelType = { kind: 'type' }

/** The type that a name stands for. Source: cel-go common/types, and its type names. */
export function typeNamed(name: string): CelType {
  return NAMED.get(name) ?? opaque(name)
}

export function typeOf(of: CelType): CelType {
  return { kind: 'type', of }
}

export function listOf(element: CelType): CelType {
  return { kind: 'list', element }
}

export function mapOf(key: CelType, value: CelType): CelType {
  return { kind: 'map', key, value }
}

export function optionalOf(value: CelType): CelType {
  return { kind: 'opaque', name: 'optional_type', parameters: [value] }
}

export function opaque(name: string, ...parameters: CelType[]): CelType {
  return { kind: 'opaque', name, parameters }
}

export function parameter(name: string): CelType {
  return { kind: 'parameter', name }
}

export function objectOf(name: string, fields: Readonly<Record<string, CelType>>): ObjectType {
  return { kind: 'object', name, fields: new Map(Object.entries(fields)) }
}

const NAMED: ReadonlyMap<string, CelType> = new Map<string, CelType>([
  ...[BOOL, INT, UINT, DOUBLE, STRING, BYTES].map((type) => [type.kind, type] as const),
  ['null_type', NULL],
  ['list', listOf(DYN)],
  ['map', mapOf(DYN, DYN)],
  ['type', TYPE],
  ['google.protobuf.Duration', DURATION],
  ['google.protobuf.Timestamp', TIMESTAMP],
])

/** What an optional type holds; undefined for other types. */
export function heldBy(type: CelType): CelType | undefined {
  return type.kind === 'opaque' && type.name === 'optional_type' ? type.parameters[0] : undefined
}

/** A type as cel-go prints it in messages: `list(string)`, `kubernetes.Quantity`. */
export function formatType(type: CelType): string {
  switch (type.kind) {
    case 'list':
      return `list(${formatType(type.element)})`
    case 'map':
      return `map(${formatType(type.key)}, ${formatType(type.value)})`
    case 'opaque':
      return type.parameters.length === 0
        ? type.name
        : `${type.name}(${type.parameters.map(formatType).join(', ')})`
    case 'object':
    case 'parameter':
      return type.name
    case 'type':
      return type.of === undefined ? 'type' : `type(${formatType(type.of)})`
    case 'null':
      return 'null'
    case 'duration':
      return 'google.protobuf.Duration'
    case 'timestamp':
      return 'google.protobuf.Timestamp'
    case 'error':
      return '!error!'
    default:
      return type.kind
  }
}

/** Whether two types are the same. */
export function sameType(a: CelType, b: CelType): boolean {
  if (a === b) return true
  if (a.kind !== b.kind) return false
  switch (a.kind) {
    case 'list':
      return b.kind === 'list' && sameType(a.element, b.element)
    case 'map':
      return b.kind === 'map' && sameType(a.key, b.key) && sameType(a.value, b.value)
    case 'opaque':
      return b.kind === 'opaque' && a.name === b.name && sameTypes(a.parameters, b.parameters)
    case 'type':
      return b.kind === 'type' && sameType(a.of ?? ERROR, b.of ?? ERROR)
    case 'object':
    case 'parameter':
      return (b.kind === 'object' || b.kind === 'parameter') && a.name === b.name
    default:
      return true
  }
}

function sameTypes(a: readonly CelType[], b: readonly CelType[]): boolean {
  return a.length === b.length && a.every((each, index) => sameType(each, b[index] ?? ERROR))
}
