import {
  CelError,
  CelMap,
  CelOptional,
  CelUint,
  typeNameOf,
  type CelResult,
  type CelValue,
} from './values.js'

/**
 * What a value has under a key; undefined where it has nothing. A value that has no members has nothing either.
 * Source: cel-go interpreter/attributes.go, refQualify.
 */
export function findStep(value: CelValue, key: CelValue, offset: number): CelResult | undefined {
  if (value instanceof CelMap) return value.get(key)
  if (!Array.isArray(value)) return undefined
  const index = wholeIndex(key)
  if (index === undefined) return new CelError(`unsupported index type '${typeNameOf(key)}' in list`, offset)
  const list = value as readonly CelValue[]
  return index >= 0 && index < list.length ? list[index] : undefined
}

export function hasMembers(value: CelValue): boolean {
  return value instanceof CelMap || value instanceof CelOptional || Array.isArray(value)
}

/** The error where nothing is under a key. */
export function missing(value: CelValue, key: CelValue, offset: number): CelError {
  const shown = key instanceof CelUint ? `${key.value}` : String(key)
  return new CelError(
    Array.isArray(value) ? `index out of bounds: ${shown}` : `no such key: ${shown}`,
    offset,
  )
}

function wholeIndex(key: CelValue): number | undefined {
  if (typeof key === 'bigint') return Number(key)
  if (key instanceof CelUint) return Number(key.value)
  return typeof key === 'number' && Number.isInteger(key) ? key : undefined
}

/** Whether a value may stand in brackets. Source: the same, newQualifier. */
export function isQualifier(key: CelValue): boolean {
  switch (typeof key) {
    case 'string':
    case 'bigint':
    case 'number':
    case 'boolean':
      return true
    default:
      return key instanceof CelUint
  }
}

/** What an optional member of a list or map must be. */
export function notOptional(value: CelValue, offset: number): CelError {
  return new CelError(`cannot initialize optional entry from non-optional value ${typeNameOf(value)}`, offset)
}
