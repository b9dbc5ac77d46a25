import type { CelType } from './types.js'
import {
  CelDuration,
  CelMap,
  CelOpaque,
  CelOptional,
  CelTimestamp,
  CelTypeValue,
  CelUint,
  type CelValue,
} from './values.js'

/** Whether a value may be an argument where a type is wanted; of a list the first element is looked at. */
export function matchesType(value: CelValue, type: CelType): boolean {
  switch (type.kind) {
    case 'dyn':
    case 'parameter':
    case 'error':
      return true
    case 'bool':
      return typeof value === 'boolean'
    case 'int':
      return typeof value === 'bigint'
    case 'double':
      return typeof value === 'number'
    case 'string':
      return typeof value === 'string'
    case 'null':
      return value === null
    case 'uint':
      return value instanceof CelUint
    case 'bytes':
      return value instanceof Uint8Array
    case 'duration':
      return value instanceof CelDuration
    case 'timestamp':
      return value instanceof CelTimestamp
    case 'type':
      return value instanceof CelTypeValue
    case 'list':
      return (
        Array.isArray(value) &&
        (value.length === 0 || matchesType((value as readonly CelValue[])[0] as CelValue, type.element))
      )
    case 'map':
    case 'object':
      return value instanceof CelMap
    case 'opaque':
      if (type.name === 'optional_type') return value instanceof CelOptional
      return value instanceof CelOpaque && value.typeName === type.name
  }
}
