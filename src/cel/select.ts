import type { Expr } from './ast.js'
import {
  CelError,
  CelMap,
  CelOptional,
  CelUint,
  typeNameOf,
  type CelResult,
  type CelValue,
} from './values.js'

/** `a.b`. On an optional it is an optional again. */
export function selectField(value: CelValue, field: string, offset: number): CelResult {
  if (value instanceof CelOptional) {
    if (value.value === undefined) return CelOptional.none
    const inner = value.value
    if (inner instanceof CelMap && !inner.has(field)) return CelOptional.none
    const found = selectField(inner, field, offset)
    return found instanceof CelError ? found : CelOptional.of(found)
  }
  if (!(value instanceof CelMap)) return new CelError('no such overload', offset)
  return value.get(field) ?? missing(value, field, offset)
}

function missing(map: CelMap, key: CelValue, offset: number): CelResult {
  return map.has(key) ? null : new CelError(`no such key: ${shown(key)}`, offset)
}

/** `has(a.b)`. */
export function hasField(value: CelValue, field: string, offset: number): CelResult {
  if (value instanceof CelOptional)
    return value.value === undefined ? false : hasField(value.value, field, offset)
  return value instanceof CelMap ? value.has(field) : new CelError('no such overload', offset)
}

/** `a[b]`, and `a[?b]` as an optional. */
export function indexOf(value: CelValue, key: CelValue, optional: boolean, offset: number): CelResult {
  if (value instanceof CelOptional) {
    return value.value === undefined ? CelOptional.none : indexOf(value.value, key, true, offset)
  }
  const found = lookUp(value, key, offset)
  if (!optional) return found
  if (!(found instanceof CelError)) return CelOptional.of(found)
  return /^(?:no such key|index out of bounds)/.test(found.message) ? CelOptional.none : found
}

function lookUp(value: CelValue, key: CelValue, offset: number): CelResult {
  if (value instanceof CelMap) return value.get(key) ?? missing(value, key, offset)
  if (!Array.isArray(value)) return new CelError('no such overload', offset)
  const index = wholeIndex(key)
  if (index === undefined) return new CelError(`unsupported index type '${typeNameOf(key)}' in list`, offset)
  const list = value as readonly CelValue[]
  const found = index >= 0 && index < list.length ? list[index] : undefined
  return found === undefined ? new CelError(`index out of bounds: ${index}`, offset) : found
}

function wholeIndex(key: CelValue): number | undefined {
  if (typeof key === 'bigint') return Number(key)
  if (key instanceof CelUint) return Number(key.value)
  return typeof key === 'number' && Number.isInteger(key) ? key : undefined
}

function shown(key: CelValue): string {
  return key instanceof CelUint ? `${key.value}` : String(key)
}

/** Whether a constant may stand in brackets. Source: cel-go interpreter/attributes.go, newQualifier. */
export function isQualifier(key: CelValue): boolean {
  return ['string', 'bigint', 'number', 'boolean'].includes(typeof key) || key instanceof CelUint
}

/** What an optional member of a list or map must be. */
export function notOptional(value: CelValue, offset: number): CelError {
  return new CelError(`cannot initialize optional entry from non-optional value ${typeNameOf(value)}`, offset)
}

/** Whether an operand is a path from a variable, whose steps cost one each. Source: cel-go interpreter/planner.go. */
export function isAttribute(expr: Expr): boolean {
  switch (expr.kind) {
    case 'ident':
      return true
    case 'select':
      return !expr.test
    case 'call':
      return expr.name === '_[_]' || expr.name === '_[?_]' || expr.name === '_?._' || expr.name === '_?_:_'
    default:
      return false
  }
}
