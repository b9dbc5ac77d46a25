import { CelSyntaxError, type Expr } from '../ast.js'
import { globalOverload, type CelFunction } from '../functions.js'
import { ACCUMULATOR, callOf, fold, ident, macroKey, quantifier, variableOf, type Macro } from '../macros.js'
import { mapOf, parameter } from '../types.js'
import { CelError, CelMap, type CelResult, type CelValue } from '../values.js'

function variables(first: Expr | undefined, second: Expr | undefined): readonly [string, string] {
  const names = [variableOf(first), variableOf(second)] as const
  if (names[0] === names[1])
    throw new CelSyntaxError(`duplicate variable name: ${names[1]}`, second?.offset ?? 0)
  return names
}

function test(kind: 'all' | 'exists' | 'one'): Macro {
  return (target, [first, second, predicate], offset) =>
    quantifier(kind, target as Expr, ...variables(first, second), predicate as Expr, offset)
}

/** A fold that adds to what there is, where a condition (the third of four arguments) allows it. */
function transform(
  init: (offset: number) => Expr,
  add: (all: Expr, key: Expr, value: Expr, offset: number) => Expr,
): Macro {
  return (target, args, offset) => {
    const [first, second] = variables(args[0], args[1])
    const value = args[args.length - 1] as Expr
    const all = ident(ACCUMULATOR, offset)
    const added = add(all, args[0] as Expr, value, offset)
    const step = args.length === 4 ? callOf('_?_:_', [args[2] as Expr, added, all], offset) : added
    return fold({ offset, variable: first, second, range: target as Expr, init: init(offset), step })
  }
}

const emptyList = (offset: number): Expr => ({ kind: 'list', elements: [], optional: new Set(), offset })
const emptyMap = (offset: number): Expr => ({ kind: 'map', entries: [], offset })

const toList = transform(emptyList, (all, _key, value, offset) =>
  callOf('_+_', [all, { kind: 'list', elements: [value], optional: new Set(), offset }], offset),
)
const toMap = transform(emptyMap, (all, key, value, offset) =>
  callOf('cel.@mapInsert', [all, key, value], offset),
)
const toEntry = transform(emptyMap, (all, _key, value, offset) =>
  callOf('cel.@mapInsert', [all, value], offset),
)

/** Macros over index and element, or key and value. Source: cel-go ext/comprehensions.go. */
export const TWO_VARIABLE_MACROS: readonly (readonly [string, Macro])[] = [
  [macroKey('all', 3, true), test('all')],
  [macroKey('exists', 3, true), test('exists')],
  [macroKey('existsOne', 3, true), test('one')],
  [macroKey('exists_one', 3, true), test('one')],
  [macroKey('transformList', 3, true), toList],
  [macroKey('transformList', 4, true), toList],
  [macroKey('transformMap', 3, true), toMap],
  [macroKey('transformMap', 4, true), toMap],
  [macroKey('transformMapEntry', 3, true), toEntry],
  [macroKey('transformMapEntry', 4, true), toEntry],
]

const K = parameter('K')
const V = parameter('V')
const MAP = mapOf(K, V)

function insert(map: CelMap, entries: readonly (readonly [CelValue, CelValue])[]): CelResult {
  const result = new CelMap(map.pairs())
  for (const [key, value] of entries) {
    if (!result.add(key, value)) return new CelError(`insert failed: key ${String(key)} already exists`)
  }
  return result
}

/** What the macros call. */
export const TWO_VARIABLE_FUNCTIONS: readonly CelFunction[] = [
  {
    name: 'cel.@mapInsert',
    overloads: [
      globalOverload('@mapInsert_map_map', [MAP, MAP], MAP, (map, more) =>
        insert(map as CelMap, (more as CelMap).pairs()),
      ),
      globalOverload('@mapInsert_map_key_value', [MAP, K, V], MAP, (map, key, value) =>
        insert(map as CelMap, [[key, value]]),
      ),
    ],
  },
]
