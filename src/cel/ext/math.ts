import { CelSyntaxError, type Expr } from '../ast.js'
import { globalOverload, type CelFunction, type CelOverload } from '../functions.js'
import { callOf, macroKey, type Macro } from '../macros.js'
import { intOf } from '../std/convert.js'
import { compare } from '../std/operators.js'
import { BOOL, DOUBLE, DYN, INT, listOf, UINT, type CelType } from '../types.js'
import { CelError, CelUint, type CelResult, type CelValue } from '../values.js'

type List = readonly CelValue[]
const NUMBERS: readonly (readonly [string, CelType])[] = [
  ['int', INT],
  ['uint', UINT],
  ['double', DOUBLE],
]

function extreme(values: List, greatest: boolean): CelResult {
  let best = values[0]
  if (best === undefined) return new CelError('math.@max(list) argument must not be empty')
  for (const each of values.slice(1)) {
    const order = compare(best, each)
    if (order === undefined) return new CelError('no such overload')
    if (greatest ? order < 0 : order > 0) best = each
  }
  return best
}

function extremes(name: string, greatest: boolean): CelFunction {
  const pairs = NUMBERS.flatMap(([a, first]) =>
    NUMBERS.map(([b, second]) =>
      globalOverload(`${name}_${a}_${b}`, [first, second], a === b ? first : DYN, (x, y) =>
        extreme([x, y] as List, greatest),
      ),
    ),
  )
  const alone = NUMBERS.map(([a, type]) => globalOverload(`${name}_${a}`, [type], type, (value) => value))
  const lists = NUMBERS.map(([a, type]) =>
    globalOverload(`${name}_list_${a}`, [listOf(type)], type, (list) => extreme(list as List, greatest)),
  )
  return { name, overloads: [...alone, ...pairs, ...lists] }
}

function real(name: string, call: (value: number) => CelResult): CelFunction {
  return {
    name,
    overloads: [
      globalOverload(name, [DOUBLE], name.includes('.is') ? BOOL : DOUBLE, (value) => call(value as number)),
    ],
  }
}

/** Half away from zero. */
function round(value: number): number {
  if (!Number.isFinite(value)) return value
  const whole = Math.trunc(value)
  return Math.abs(value - whole) >= 0.5 ? whole + Math.sign(value) : whole
}

const MIN_INT = -0x8000_0000_0000_0000n

const ABS: CelFunction = {
  name: 'math.abs',
  overloads: [
    globalOverload('math_abs_double', [DOUBLE], DOUBLE, (value) => Math.abs(value as number)),
    globalOverload('math_abs_int', [INT], INT, (value) => {
      if (value === MIN_INT) return new CelError('integer overflow')
      return (value as bigint) < 0n ? -(value as bigint) : value
    }),
    globalOverload('math_abs_uint', [UINT], UINT, (value) => value),
  ],
}

const SIGN: CelFunction = {
  name: 'math.sign',
  overloads: [
    globalOverload('math_sign_double', [DOUBLE], DOUBLE, (value) => Math.sign(value as number)),
    globalOverload('math_sign_int', [INT], INT, (value) =>
      BigInt((value as bigint) < 0n ? -1 : (value as bigint) > 0n ? 1 : 0),
    ),
    globalOverload(
      'math_sign_uint',
      [UINT],
      UINT,
      (value) => new CelUint((value as CelUint).value === 0n ? 0n : 1n),
    ),
  ],
}

const SQRT: CelFunction = {
  name: 'math.sqrt',
  overloads: [
    globalOverload('math_sqrt_double', [DOUBLE], DOUBLE, (value) => Math.sqrt(value as number)),
    globalOverload('math_sqrt_int', [INT], DOUBLE, (value) => Math.sqrt(Number(value))),
    globalOverload('math_sqrt_uint', [UINT], DOUBLE, (value) => Math.sqrt(Number((value as CelUint).value))),
  ],
}

function bits(name: string, call: (a: bigint, b: bigint) => bigint): CelFunction {
  const id = name.replace('.', '_')
  return {
    name,
    overloads: [
      globalOverload(`${id}_int_int`, [INT, INT], INT, (a, b) =>
        BigInt.asIntN(64, call(a as bigint, b as bigint)),
      ),
      globalOverload(
        `${id}_uint_uint`,
        [UINT, UINT],
        UINT,
        (a, b) => new CelUint(BigInt.asUintN(64, call((a as CelUint).value, (b as CelUint).value))),
      ),
    ],
  }
}

function shift(name: string, call: (value: bigint, by: bigint) => bigint): CelFunction {
  const id = name.replace('.', '_')
  const shifted = (value: bigint, by: bigint, make: (result: bigint) => CelValue): CelResult => {
    if (by < 0n) return new CelError(`${name}() negative offset: ${by}`)
    return make(by >= 64n ? 0n : call(value, by))
  }
  const overloads: CelOverload[] = [
    globalOverload(`${id}_int_int`, [INT, INT], INT, (a, by) =>
      shifted(BigInt.asUintN(64, a as bigint), by as bigint, (result) => BigInt.asIntN(64, result)),
    ),
    globalOverload(`${id}_uint_int`, [UINT, INT], UINT, (a, by) =>
      shifted((a as CelUint).value, by as bigint, (result) => new CelUint(BigInt.asUintN(64, result))),
    ),
  ]
  return { name, overloads }
}

const NOT: CelFunction = {
  name: 'math.bitNot',
  overloads: [
    globalOverload('math_bitNot_int_int', [INT], INT, (value) => intOf(~(value as bigint))),
    globalOverload(
      'math_bitNot_uint_uint',
      [UINT],
      UINT,
      (value) => new CelUint(BigInt.asUintN(64, ~(value as CelUint).value)),
    ),
  ],
}

/** Functions on numbers. Source: cel-go ext/math.go, version 2. */
export const MATH: readonly CelFunction[] = [
  extremes('math.@max', true),
  extremes('math.@min', false),
  real('math.ceil', Math.ceil),
  real('math.floor', Math.floor),
  real('math.round', round),
  real('math.trunc', Math.trunc),
  real('math.isInf', (value) => value === Infinity || value === -Infinity),
  real('math.isNaN', Number.isNaN),
  real('math.isFinite', Number.isFinite),
  ABS,
  SIGN,
  SQRT,
  bits('math.bitAnd', (a, b) => a & b),
  bits('math.bitOr', (a, b) => a | b),
  bits('math.bitXor', (a, b) => a ^ b),
  NOT,
  shift('math.bitShiftLeft', (value, by) => value << by),
  shift('math.bitShiftRight', (value, by) => value >> by),
]

/** `math.greatest(a, b, ...)`; one argument may be a list. */
function many(name: string): Macro {
  return (target, args, offset) => {
    if (target?.kind !== 'ident' || target.name !== 'math') return undefined
    for (const arg of args) checkArgument(arg, args.length === 1)
    if (args.length <= 2) return callOf(name, args, offset)
    return callOf(name, [{ kind: 'list', elements: args, optional: new Set(), offset }], offset)
  }
}

/** What certainly is no number is refused at once. */
function checkArgument(arg: Expr, alone: boolean): void {
  const isNumber =
    arg.kind === 'literal'
      ? typeof arg.value === 'bigint' || typeof arg.value === 'number' || arg.value instanceof CelUint
      : true
  const isList = arg.kind === 'list'
  const isOther = arg.kind === 'map' || arg.kind === 'object' || (isList && !alone)
  if (!isNumber || isOther)
    throw new CelSyntaxError('math.greatest() and math.least() take numbers', arg.offset)
}

const COUNTS = Array.from({ length: 30 }, (_, index) => index + 1)

export const MATH_MACROS: readonly (readonly [string, Macro])[] = COUNTS.flatMap((count) => [
  [macroKey('greatest', count, true), many('math.@max')] as const,
  [macroKey('least', count, true), many('math.@min')] as const,
])
