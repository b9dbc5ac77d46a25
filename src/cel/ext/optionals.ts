import { CelSyntaxError, type Expr } from '../ast.js'
import { equal } from '../equality.js'
import { globalOverload, memberOverload, type CelFunction } from '../functions.js'
import { callOf, macroKey, variableOf, type Macro } from '../macros.js'
import { BOOL, listOf, optionalOf, parameter } from '../types.js'
import {
  CelDuration,
  CelError,
  CelMap,
  CelOptional,
  CelTimestamp,
  CelUint,
  type CelResult,
  type CelValue,
} from '../values.js'
import { bindTo } from './lists.js'

const V = parameter('V')
const OPTIONAL = optionalOf(V)

/** Whether a value is the one that a field has when nothing is written. */
function isZero(value: CelValue): boolean {
  if (value === null || value === '' || value === false) return true
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length === 0
  if (value instanceof CelMap) return value.size === 0
  if (value instanceof CelDuration) return value.nanos === 0n
  if (value instanceof CelTimestamp) return value.nanos === -62_135_596_800_000_000_000n
  return typeof value === 'bigint' || typeof value === 'number' || value instanceof CelUint
    ? equal(value, 0n)
    : false
}

const noValue = new CelError('optional.none() dereference')

/** Functions on optionals. Source: cel-go cel/library.go, optionalLib, version 2. */
export const OPTIONALS: readonly CelFunction[] = [
  {
    name: 'optional.of',
    overloads: [globalOverload('optional_of', [V], OPTIONAL, (value) => CelOptional.of(value))],
  },
  {
    name: 'optional.ofNonZeroValue',
    overloads: [
      globalOverload('optional_ofNonZeroValue', [V], OPTIONAL, (value) =>
        isZero(value) ? CelOptional.none : CelOptional.of(value),
      ),
    ],
  },
  {
    name: 'optional.none',
    overloads: [globalOverload('optional_none', [], OPTIONAL, () => CelOptional.none)],
  },
  {
    name: 'value',
    overloads: [
      memberOverload(
        'optional_value',
        [OPTIONAL],
        V,
        (optional) => (optional as CelOptional).value ?? orNull(optional as CelOptional),
      ),
    ],
  },
  {
    name: 'hasValue',
    overloads: [
      memberOverload(
        'optional_hasValue',
        [OPTIONAL],
        BOOL,
        (optional) => (optional as CelOptional).value !== undefined,
      ),
    ],
  },
  {
    name: 'or',
    overloads: [memberOverload('optional_or_optional', [OPTIONAL, OPTIONAL], OPTIONAL, () => noValue)],
  },
  { name: 'orValue', overloads: [memberOverload('optional_orValue_value', [OPTIONAL, V], V, () => noValue)] },
  {
    name: 'first',
    overloads: [
      memberOverload('list_first', [listOf(V)], OPTIONAL, (list) =>
        optionalAt(list as readonly CelValue[], 0),
      ),
    ],
  },
  {
    name: 'last',
    overloads: [
      memberOverload('list_last', [listOf(V)], OPTIONAL, (list) =>
        optionalAt(list as readonly CelValue[], -1),
      ),
    ],
  },
  {
    name: 'optional.unwrap',
    overloads: [
      globalOverload('optional_unwrap', [listOf(OPTIONAL)], listOf(V), (list) =>
        unwrap(list as readonly CelValue[]),
      ),
    ],
  },
  {
    name: 'unwrapOpt',
    overloads: [
      memberOverload('optional_unwrapOpt', [listOf(OPTIONAL)], listOf(V), (list) =>
        unwrap(list as readonly CelValue[]),
      ),
    ],
  },
]

function orNull({ value }: CelOptional): CelResult {
  return value === null ? null : noValue
}

function optionalAt(list: readonly CelValue[], at: number): CelOptional {
  const value = list.at(at)
  return value === undefined ? CelOptional.none : CelOptional.of(value)
}

function unwrap(list: readonly CelValue[]): CelResult {
  const wrong = list.find((each) => !(each instanceof CelOptional))
  if (wrong !== undefined) return new CelError("value is not optional, can't be unwrapped")
  return list.flatMap((each) => {
    const { value } = each as CelOptional
    return value === undefined ? [] : [value]
  })
}

/** `o.optMap(x, e)` and `o.optFlatMap(x, e)`. */
function mapping(wrap: boolean): Macro {
  return (target, [variable, transform], offset) => {
    const name = variableOf(variable, 'variable name')
    if (target === undefined) throw new CelSyntaxError('an optional is needed', offset)
    const value: Expr = { kind: 'call', name: 'value', target, args: [], offset }
    const inner = bindTo(name, value, transform as Expr, offset)
    const mapped = wrap ? callOf('optional.of', [inner], offset) : inner
    const has: Expr = { kind: 'call', name: 'hasValue', target, args: [], offset }
    return callOf('_?_:_', [has, mapped, callOf('optional.none', [], offset)], offset)
  }
}

export const OPTIONAL_MACROS: readonly (readonly [string, Macro])[] = [
  [macroKey('optMap', 2, true), mapping(true)],
  [macroKey('optFlatMap', 2, true), mapping(false)],
]

/** `cel.bind(name, value, e)`. Source: cel-go ext/bindings.go. */
const bind: Macro = (target, [variable, value, inner], offset) =>
  target?.kind === 'ident' && target.name === 'cel'
    ? bindTo(variableOf(variable, 'variable name'), value as Expr, inner as Expr, offset)
    : undefined

export const BIND_MACROS: readonly (readonly [string, Macro])[] = [[macroKey('bind', 3, true), bind]]
