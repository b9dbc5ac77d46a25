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

/** Equality: numbers across their types, everything else only within one. Source: cel-spec doc/langdef.md, Equality. */
export function equal(a: CelValue, b: CelValue): boolean {
  const numeric = compareNumbers(a, b)
  if (numeric !== undefined) return numeric === 0
  if (isNumber(a) || isNumber(b)) return false
  if (a === b) return true
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object') return false
  if (Array.isArray(a))
    return Array.isArray(b) && listsEqual(a as readonly CelValue[], b as readonly CelValue[])
  if (a instanceof Uint8Array) return b instanceof Uint8Array && compareBytes(a, b) === 0
  if (a instanceof CelMap) return b instanceof CelMap && mapsEqual(a, b)
  if (a instanceof CelDuration) return b instanceof CelDuration && a.nanos === b.nanos
  if (a instanceof CelTimestamp) return b instanceof CelTimestamp && a.nanos === b.nanos
  if (a instanceof CelTypeValue) return b instanceof CelTypeValue && a.name === b.name
  if (a instanceof CelOptional) return b instanceof CelOptional && optionalsEqual(a, b)
  return a instanceof CelOpaque && b instanceof CelOpaque && isComparable(a, b) && a.equals(b)
}

/** Whether the question has an answer. Source: kubernetes v1.36.2 apiserver pkg/cel/quantity.go, Equal, and its siblings. */
export function isComparable(a: CelValue, b: CelValue): boolean {
  const [x, y] = a instanceof CelOptional && b instanceof CelOptional ? [a.value, b.value] : [a, b]
  if (!(x instanceof CelOpaque) || y === null || y === undefined) return true
  return y instanceof CelOpaque && x.typeName === y.typeName && y.comparable
}

/** Members of lists and maps: a question without an answer is not answered with no. Source: cel-go common/types/list.go, Equal. */
function memberEqual(a: CelValue, b: CelValue): boolean {
  return !isComparable(a, b) || equal(a, b)
}

function listsEqual(a: readonly CelValue[], b: readonly CelValue[]): boolean {
  return a.length === b.length && a.every((each, index) => memberEqual(each, b[index] as CelValue))
}

function mapsEqual(a: CelMap, b: CelMap): boolean {
  return (
    a.size === b.size &&
    a.pairs().every(([key, value]) => {
      const other = b.get(key)
      return other !== undefined && memberEqual(value, other)
    })
  )
}

function optionalsEqual(a: CelOptional, b: CelOptional): boolean {
  if (a.value === undefined || b.value === undefined) return a.value === b.value
  return equal(a.value, b.value)
}

function isNumber(value: CelValue): boolean {
  return typeof value === 'bigint' || typeof value === 'number' || value instanceof CelUint
}

/** -1, 0, 1 or NaN for two numbers of any types; undefined when one is none. */
export function compareNumbers(a: CelValue, b: CelValue): number | undefined {
  const [x, y] = [a, b].map((each) => (each instanceof CelUint ? each.value : each))
  if ((typeof x !== 'bigint' && typeof x !== 'number') || (typeof y !== 'bigint' && typeof y !== 'number'))
    return undefined
  // An int is made a double before it is compared with one. Source: cel-go common/types/compare.go.
  const mixed = typeof x !== typeof y
  if (mixed) return compareMixed(x, y)
  if (x < y) return -1
  if (x > y) return 1
  return Number.isNaN(x) || Number.isNaN(y) ? NaN : 0
}

function compareMixed(x: bigint | number, y: bigint | number): number {
  const [a, b] = [Number(x), Number(y)]
  if (a < b) return -1
  if (a > b) return 1
  return Number.isNaN(a) || Number.isNaN(b) ? NaN : 0
}

/** Order of texts by code points. */
export function compareText(a: string, b: string): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const [x, y] = [a.charCodeAt(at), b.charCodeAt(at)]
    if (x === y) continue
    // Halves of pairs stand for code points above all others.
    const [high, low] = [x >= 0xd800 && x <= 0xdfff, y >= 0xd800 && y <= 0xdfff]
    if (high !== low) return high ? 1 : -1
    return x < y ? -1 : 1
  }
  return Math.sign(a.length - b.length)
}

export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length)
  for (let at = 0; at < length; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0)
    if (difference !== 0) return Math.sign(difference)
  }
  return Math.sign(a.length - b.length)
}
