import { equal } from '../equality.js'
import { globalOverload, memberOverload, type CelFunction, type CelOverload } from '../functions.js'
import { ACCUMULATOR, callOf, fold, ident, macroKey, variableOf, type Macro } from '../macros.js'
import { CelSyntaxError, type Expr } from '../ast.js'
import { compare } from '../std/operators.js'
import {
  BOOL,
  BYTES,
  DOUBLE,
  DURATION,
  DYN,
  formatType,
  INT,
  listOf,
  parameter,
  STRING,
  TIMESTAMP,
  UINT,
} from '../types.js'
import { CelError, type CelResult, type CelValue } from '../values.js'

type List = readonly CelValue[]
const T = parameter('T')
const LIST = listOf(T)
const COMPARABLE = [INT, UINT, DOUBLE, BOOL, DURATION, TIMESTAMP, STRING, BYTES]
const MOST = 1_000_000n

function slice(list: List, start: bigint, end: bigint): CelResult {
  if (start < 0n || end < 0n)
    return new CelError(`cannot slice(${start}, ${end}), negative indexes not supported`)
  if (start > end)
    return new CelError(`cannot slice(${start}, ${end}), start index must be less than or equal to end index`)
  if (end > BigInt(list.length))
    return new CelError(`cannot slice(${start}, ${end}), list is length ${list.length}`)
  return list.slice(Number(start), Number(end))
}

function flatten(list: List, depth: bigint): CelResult {
  if (depth < 0n) return new CelError('level must be non-negative')
  const result: CelValue[] = []
  for (const each of list) {
    if (!Array.isArray(each) || depth === 0n) result.push(each)
    else result.push(...((depth > 1n ? flatten(each as List, depth - 1n) : each) as List))
  }
  return result
}

/** The list in the order of keys; an error where keys are of different types. */
function sortBy(list: List, keys: List): CelResult {
  if (list.length !== keys.length)
    return new CelError('@sortByAssociatedKeys() expected a list of the same size')
  const kinds = new Set(
    keys.map((key) => (typeof key === 'object' && key !== null ? key.constructor.name : typeof key)),
  )
  if (kinds.size > 1) return new CelError('list elements must have the same type')
  const pairs = keys.map((key, index) => ({ key, index }))
  pairs.sort((a, b) => compare(a.key, b.key) || a.index - b.index)
  return pairs.map(({ index }) => list[index] as CelValue)
}

function distinct(list: List): CelResult {
  const result: CelValue[] = []
  for (const each of list) if (!result.some((known) => equal(known, each))) result.push(each)
  return result
}

function range(count: bigint): CelResult {
  if (count > MOST) return new CelError(`lists.range() of ${count} elements is too long`)
  return Array.from({ length: Number(count < 0n ? 0n : count) }, (_, index) => BigInt(index))
}

const forEachType = (make: (name: string, type: (typeof COMPARABLE)[number]) => CelOverload): CelOverload[] =>
  COMPARABLE.map((type) => make(formatType(type), type))

/** Functions on lists. Source: cel-go ext/lists.go, version 3. */
export const LISTS: readonly CelFunction[] = [
  {
    name: 'slice',
    overloads: [
      memberOverload('list_slice', [LIST, INT, INT], LIST, (list, start, end) =>
        slice(list as List, start as bigint, end as bigint),
      ),
    ],
  },
  {
    name: 'flatten',
    overloads: [
      memberOverload('list_flatten', [listOf(LIST)], LIST, (list) => flatten(list as List, 1n)),
      memberOverload('list_flatten_int', [listOf(DYN), INT], listOf(DYN), (list, depth) =>
        flatten(list as List, depth as bigint),
      ),
    ],
  },
  {
    name: 'sort',
    overloads: forEachType((name, type) =>
      memberOverload(`list_${name}_sort`, [listOf(type)], listOf(type), (list) =>
        sortBy(list as List, list as List),
      ),
    ),
  },
  {
    name: '@sortByAssociatedKeys',
    overloads: forEachType((name, type) =>
      memberOverload(`list_${name}_sortByAssociatedKeys`, [LIST, listOf(type)], LIST, (list, keys) =>
        sortBy(list as List, keys as List),
      ),
    ),
  },
  {
    name: 'lists.range',
    overloads: [globalOverload('lists_range', [INT], listOf(INT), (count) => range(count as bigint))],
  },
  {
    name: 'reverse',
    overloads: [memberOverload('list_reverse', [LIST], LIST, (list) => [...(list as List)].reverse())],
  },
  {
    name: 'distinct',
    overloads: [memberOverload('list_distinct', [LIST], LIST, (list) => distinct(list as List))],
  },
]

const SORTED = '@__sortBy_input__'

/** `list.sortBy(x, key)`: the keys are computed first. */
const sortByMacro: Macro = (target, [variable, key], offset) => {
  if (!['select', 'ident', 'list', 'comprehension', 'call'].includes(target?.kind ?? '')) {
    throw new CelSyntaxError(
      'sortBy can only be applied to a list, identifier, comprehension, call or select expression',
      offset,
    )
  }
  const input = ident(SORTED, offset)
  const empty: Expr = { kind: 'list', elements: [], optional: new Set(), offset }
  const one: Expr = { kind: 'list', elements: [key as Expr], optional: new Set(), offset }
  const keys = fold({
    offset,
    variable: variableOf(variable),
    range: input,
    init: empty,
    step: callOf('_+_', [ident(ACCUMULATOR, offset), one], offset),
  })
  const sorted: Expr = { kind: 'call', name: '@sortByAssociatedKeys', target: input, args: [keys], offset }
  return bindTo(SORTED, target as Expr, sorted, offset)
}

/** A name for a value within an expression: a fold over nothing. Source: cel-go ext/bindings.go. */
export function bindTo(name: string, value: Expr, inner: Expr, offset: number): Expr {
  return fold({
    offset,
    variable: '#unused',
    range: { kind: 'list', elements: [], optional: new Set(), offset },
    accumulator: name,
    init: value,
    condition: { kind: 'literal', value: false, offset },
    step: ident(name, offset),
    result: inner,
  })
}

export const LIST_MACROS: readonly (readonly [string, Macro])[] = [[macroKey('sortBy', 2, true), sortByMacro]]
