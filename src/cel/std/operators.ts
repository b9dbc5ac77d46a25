import { globalOverload, memberOverload, type CelFunction, type CelOverload } from '../functions.js'
import {
  BOOL,
  BYTES,
  DOUBLE,
  DURATION,
  INT,
  listOf,
  mapOf,
  optionalOf,
  parameter,
  STRING,
  TIMESTAMP,
  UINT,
  type CelType,
} from '../types.js'
import { codePoints, refuseAsKey } from '../cost.js'
import { compareBytes, compareNumbers, compareText, equal, isComparable } from '../equality.js'
import { type CelMap, type CelUint } from '../values.js'
import { CelDuration, CelError, CelTimestamp, type CelResult, type CelValue } from '../values.js'
import { intOf, uintOf } from './convert.js'
import { durationOf, timestampOf } from './time.js'

const A = parameter('A')
const B = parameter('B')

const KINDS = {
  bool: BOOL,
  int64: INT,
  uint64: UINT,
  double: DOUBLE,
  string: STRING,
  bytes: BYTES,
  timestamp: TIMESTAMP,
  duration: DURATION,
}

const FORMS: readonly (readonly [keyof typeof KINDS, keyof typeof KINDS])[] = [
  ['bool', 'bool'],
  ['int64', 'int64'],
  ['int64', 'double'],
  ['int64', 'uint64'],
  ['uint64', 'uint64'],
  ['uint64', 'double'],
  ['uint64', 'int64'],
  ['double', 'double'],
  ['double', 'int64'],
  ['double', 'uint64'],
  ['string', 'string'],
  ['bytes', 'bytes'],
  ['timestamp', 'timestamp'],
  ['duration', 'duration'],
]

/** Order of two values of one type, or of two numbers; NaN has none. */
export function compare(a: CelValue, b: CelValue): number | undefined {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b)
  if (typeof a === 'boolean' && typeof b === 'boolean') return Number(a) - Number(b)
  if (a instanceof Uint8Array && b instanceof Uint8Array) return compareBytes(a, b)
  if (a instanceof CelTimestamp && b instanceof CelTimestamp) return compareNumbers(a.nanos, b.nanos)
  if (a instanceof CelDuration && b instanceof CelDuration) return compareNumbers(a.nanos, b.nanos)
  return compareNumbers(a, b)
}

/** In the order of the library: which form is tried first matters where a type is not known yet. */
function comparison(name: string, word: string, holds: (order: number) => boolean): CelFunction {
  const call = (a: CelValue, b: CelValue): CelResult => {
    const order = compare(a, b)
    if (order === undefined) return new CelError('no such overload')
    return Number.isNaN(order) ? new CelError('NaN values cannot be ordered') : holds(order)
  }
  const overloads = FORMS.map(([left, right]) => {
    const id = left === right ? `${word}_${left}` : `${word}_${left}_${right}`
    return globalOverload(id, [KINDS[left], KINDS[right]], BOOL, call)
  })
  return { name, overloads }
}

type Numbers = (a: bigint, b: bigint) => bigint | CelError

function arithmetic(
  name: string,
  word: string,
  whole: Numbers,
  real?: (a: number, b: number) => number,
): CelOverload[] {
  const checked = (make: (value: bigint) => CelResult, a: bigint, b: bigint): CelResult => {
    const result = whole(a, b)
    return result instanceof CelError ? result : make(result)
  }
  return [
    ...(real === undefined
      ? []
      : [
          globalOverload(`${word}_double`, [DOUBLE, DOUBLE], DOUBLE, (a, b) =>
            real(a as number, b as number),
          ),
        ]),
    globalOverload(`${word}_int64`, [INT, INT], INT, (a, b) => checked(intOf, a as bigint, b as bigint)),
    globalOverload(`${word}_uint64`, [UINT, UINT], UINT, (a, b) =>
      checked(uintOf, (a as CelUint).value, (b as CelUint).value),
    ),
  ]
}

const nanosOf = (value: CelValue | undefined): bigint => (value as CelDuration | CelTimestamp).nanos

/** Forms in the order of the library, which matters where a type is not known yet: the first that fits counts. */
function inOrder(kinds: string, overloads: readonly CelOverload[]): CelOverload[] {
  const order = kinds.split(' ')
  const place = ({ id }: CelOverload): number => order.indexOf(id.slice(id.indexOf('_') + 1))
  return [...overloads].sort((a, b) => place(a) - place(b))
}

/** A time moved by a span; it stays in its time zone. */
function later(time: CelValue | undefined, span: bigint): CelResult {
  const { nanos, offset } = time as CelTimestamp
  return timestampOf(nanos + span, offset)
}

/** The longest negative span has no positive twin. */
function earlier(time: CelValue | undefined, span: bigint): CelResult {
  const back = durationOf(-span)
  return back instanceof CelError ? back : later(time, back.nanos)
}

/** Values of some libraries cannot be asked whether they equal one of another type. */
function equality(a: CelValue, b: CelValue, wanted: boolean): CelResult {
  if (wanted && !isComparable(a, b)) return new CelError('no such overload')
  return equal(a, b) === wanted
}

const ADD: CelFunction = {
  name: '_+_',
  overloads: inOrder(
    'bytes double duration_duration duration_timestamp timestamp_duration int64 list string uint64',
    [
      globalOverload('add_bytes', [BYTES, BYTES], BYTES, (a, b) =>
        Uint8Array.from([...(a as Uint8Array), ...(b as Uint8Array)]),
      ),
      globalOverload('add_list', [listOf(A), listOf(A)], listOf(A), (a, b) => [
        ...(a as CelValue[]),
        ...(b as CelValue[]),
      ]),
      globalOverload('add_string', [STRING, STRING], STRING, (a, b) => `${a as string}${b as string}`),
      globalOverload('add_duration_duration', [DURATION, DURATION], DURATION, (a, b) =>
        durationOf(nanosOf(a) + nanosOf(b)),
      ),
      globalOverload('add_duration_timestamp', [DURATION, TIMESTAMP], TIMESTAMP, (a, b) =>
        later(b, nanosOf(a)),
      ),
      globalOverload('add_timestamp_duration', [TIMESTAMP, DURATION], TIMESTAMP, (a, b) =>
        later(a, nanosOf(b)),
      ),
      ...arithmetic(
        '_+_',
        'add',
        (a, b) => a + b,
        (a, b) => a + b,
      ),
    ],
  ),
}

const SUBTRACT: CelFunction = {
  name: '_-_',
  overloads: inOrder('double duration_duration int64 timestamp_duration timestamp_timestamp uint64', [
    ...arithmetic(
      '_-_',
      'subtract',
      (a, b) => a - b,
      (a, b) => a - b,
    ),
    globalOverload('subtract_duration_duration', [DURATION, DURATION], DURATION, (a, b) =>
      durationOf(nanosOf(a) - nanosOf(b)),
    ),
    globalOverload('subtract_timestamp_duration', [TIMESTAMP, DURATION], TIMESTAMP, (a, b) =>
      earlier(a, nanosOf(b)),
    ),
    globalOverload('subtract_timestamp_timestamp', [TIMESTAMP, TIMESTAMP], DURATION, (a, b) =>
      durationOf(nanosOf(a) - nanosOf(b)),
    ),
  ]),
}

const divide: Numbers = (a, b) => (b === 0n ? new CelError('division by zero') : a / b)
const modulo: Numbers = (a, b) => {
  if (b === 0n) return new CelError('modulus by zero')
  // The smallest int divided by -1 overflows, and so does its rest.
  return a === -0x8000_0000_0000_0000n && b === -1n ? new CelError('integer overflow') : a % b
}

function inMap(value: CelValue, map: CelMap): CelResult {
  if (map.size > 0) refuseAsKey(value)
  return map.has(value)
}

function isIn(value: CelValue, list: CelValue): CelResult {
  return (list as readonly CelValue[]).some((each) => equal(value, each))
}

const sizes: readonly [string, CelType, (value: CelValue) => number][] = [
  ['string', STRING, (value) => codePoints(value as string)],
  ['bytes', BYTES, (value) => (value as Uint8Array).length],
  ['list', listOf(A), (value) => (value as readonly CelValue[]).length],
  ['map', mapOf(A, B), (value) => (value as CelMap).size],
]

const never = (): CelResult => new CelError('no such overload')

/** Operators and `size`. Those that the evaluator does itself are here for their types. Source: cel-go common/stdlib/standard.go. */
export const OPERATORS: readonly CelFunction[] = [
  { name: '_?_:_', overloads: [globalOverload('conditional', [BOOL, A, A], A, never)] },
  { name: '_&&_', overloads: [globalOverload('logical_and', [BOOL, BOOL], BOOL, never)] },
  { name: '_||_', overloads: [globalOverload('logical_or', [BOOL, BOOL], BOOL, never)] },
  { name: '!_', overloads: [globalOverload('logical_not', [BOOL], BOOL, (value) => value !== true)] },
  { name: '@not_strictly_false', overloads: [globalOverload('not_strictly_false', [BOOL], BOOL, never)] },
  {
    name: '_==_',
    overloads: [globalOverload('equals', [A, A], BOOL, (a, b) => equality(a, b, true))],
  },
  {
    name: '_!=_',
    overloads: [globalOverload('not_equals', [A, A], BOOL, (a, b) => equality(a, b, false))],
  },
  comparison('_<_', 'less', (order) => order < 0),
  comparison('_<=_', 'less_equals', (order) => order <= 0),
  comparison('_>_', 'greater', (order) => order > 0),
  comparison('_>=_', 'greater_equals', (order) => order >= 0),
  ADD,
  SUBTRACT,
  {
    name: '_*_',
    overloads: arithmetic(
      '_*_',
      'multiply',
      (a, b) => a * b,
      (a, b) => a * b,
    ),
  },
  { name: '_/_', overloads: arithmetic('_/_', 'divide', divide, (a, b) => a / b) },
  { name: '_%_', overloads: arithmetic('_%_', 'modulo', modulo) },
  {
    name: '-_',
    overloads: [
      globalOverload('negate_double', [DOUBLE], DOUBLE, (value) => -(value as number)),
      globalOverload('negate_int64', [INT], INT, (value) => intOf(-(value as bigint))),
    ],
  },
  {
    name: '@in',
    overloads: [
      globalOverload('in_list', [A, listOf(A)], BOOL, (value, list) => isIn(value, list)),
      globalOverload('in_map', [A, mapOf(A, B)], BOOL, (value, map) => inMap(value, map as CelMap)),
    ],
  },
  {
    name: '_[_]',
    overloads: [
      globalOverload('index_list', [listOf(A), INT], A, never),
      globalOverload('index_map', [mapOf(A, B), A], B, never),
      globalOverload('optional_list_index_int', [optionalOf(listOf(A)), INT], optionalOf(A), never),
      globalOverload('optional_map_index_value', [optionalOf(mapOf(A, B)), A], optionalOf(B), never),
    ],
  },
  {
    name: '_[?_]',
    overloads: [
      globalOverload('list_optindex_optional_int', [listOf(A), INT], optionalOf(A), never),
      globalOverload(
        'optional_list_optindex_optional_int',
        [optionalOf(listOf(A)), INT],
        optionalOf(A),
        never,
      ),
      globalOverload('map_optindex_optional_value', [mapOf(A, B), A], optionalOf(B), never),
      globalOverload(
        'optional_map_optindex_optional_value',
        [optionalOf(mapOf(A, B)), A],
        optionalOf(B),
        never,
      ),
    ],
  },
  {
    name: 'size',
    overloads: sizes.flatMap(([word, type, size]) => {
      const call = (value: CelValue): CelResult => BigInt(size(value))
      return [
        globalOverload(`size_${word}`, [type], INT, call),
        memberOverload(`${word}_size`, [type], INT, call),
      ]
    }),
  },
]
