import { parseGoBool } from '../../text/index.js'
import { globalOverload, type CelFunction, type CelOverload } from '../functions.js'
import {
  BOOL,
  BYTES,
  DOUBLE,
  DURATION,
  DYN,
  INT,
  parameter,
  STRING,
  TIMESTAMP,
  typeOf,
  UINT,
  type CelType,
} from '../types.js'
import {
  CelDuration,
  CelError,
  CelTimestamp,
  CelTypeValue,
  CelUint,
  typeNameOf,
  type CelResult,
  type CelValue,
} from '../values.js'
import {
  floorDiv,
  formatDuration,
  formatTimestamp,
  parseGoDurationNanos,
  parseTimestamp,
  timestampOf,
} from './time.js'
import { parseGoFloat } from './go-float.js'

const SECOND = 1_000_000_000n

/** An int that 64 bits hold. */
export function intOf(value: bigint): CelResult {
  return BigInt.asIntN(64, value) === value ? value : new CelError('integer overflow')
}

/** A uint that 64 bits hold. */
export function uintOf(value: bigint): CelResult {
  return BigInt.asUintN(64, value) === value ? new CelUint(value) : new CelError('unsigned integer overflow')
}

/** A double as Go's strconv prints it with 'g' and the shortest digits. */
export function formatDouble(value: number): string {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  if (Object.is(value, -0)) return '-0'
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e')
  const power = Number(exponent)
  if (power >= -4 && power < 6) return plain(value)
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

function plain(value: number): string {
  const text = String(value)
  if (!text.includes('e')) return text
  return value.toFixed(20).replace(/\.?0+$/, '')
}

/** Any value that has a text; undefined for lists, maps and the like. Source: cel-go ConvertToType(StringType). */
export function textOf(value: CelValue): string | CelError | undefined {
  switch (typeof value) {
    case 'string':
      return value
    case 'bigint':
    case 'boolean':
      return String(value)
    case 'number':
      return formatDouble(value)
    default:
      if (value instanceof CelUint) return String(value.value)
      if (value instanceof CelTimestamp) return formatTimestamp(value)
      if (value instanceof CelDuration) return formatDuration(value)
      if (value instanceof CelTypeValue) return value.name
      return value instanceof Uint8Array ? utf8(value) : undefined
  }
}

function utf8(bytes: Uint8Array): string | CelError {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return new CelError('invalid UTF-8 in bytes, cannot convert to string')
  }
}

function toDouble(text: string): CelResult {
  const special = /^([+-]?)(?:inf|infinity)$/i.exec(text)
  if (special !== null) return special[1] === '-' ? -Infinity : Infinity
  if (/^nan$/i.test(text)) return NaN
  const value = parseGoFloat(text)
  if (value === undefined) return new CelError(`strconv.ParseFloat: parsing "${text}": invalid syntax`)
  return Number.isFinite(value) ? value : new CelError('value out of range')
}

function doubleToInt(value: number): CelResult {
  // Source: cel-go common/types/overflow.go, doubleToInt64Checked: both ends are refused.
  if (!Number.isFinite(value) || value <= -9223372036854775808 || value >= 9223372036854775808) {
    return new CelError('integer overflow')
  }
  return BigInt(Math.trunc(value))
}

function doubleToUint(value: number): CelResult {
  if (!Number.isFinite(value) || value < 0 || value >= 18446744073709551616)
    return new CelError('unsigned integer overflow')
  return new CelUint(BigInt(Math.trunc(value)))
}

function parseInteger(text: string, signed: boolean): CelResult {
  if (!(signed ? /^[+-]?\d+$/ : /^\d+$/).test(text))
    return new CelError(`strconv.ParseInt: parsing "${text}": invalid syntax`)
  const value = BigInt(text.replace(/^\+/, ''))
  return signed ? intOf(value) : uintOf(value)
}

function parseDuration(text: string): CelResult {
  const nanos = parseGoDurationNanos(text)
  return nanos === undefined ? new CelError(`invalid duration "${text}"`) : new CelDuration(nanos)
}

type Conversion = readonly [from: CelType, id: string, call: (value: never) => CelResult]

function conversions(name: string, result: CelType, list: readonly Conversion[]): CelFunction {
  const overloads = list.map(([from, id, call]): CelOverload =>
    globalOverload(id, [from], result, call as CelOverload['call']),
  )
  return { name, overloads }
}

const same = (value: CelValue): CelResult => value
const asText = (value: CelValue): CelResult => textOf(value) ?? new CelError('no such overload')

/** Conversions between types, and `type` and `dyn`. Source: cel-go common/stdlib/standard.go. */
export const CONVERSIONS: readonly CelFunction[] = [
  {
    name: 'type',
    overloads: [
      globalOverload(
        'type',
        [parameter('A')],
        typeOf(parameter('A')),
        (value) => new CelTypeValue(typeNameOf(value)),
      ),
    ],
  },
  { name: 'dyn', overloads: [globalOverload('to_dyn', [parameter('A')], DYN, (value) => value)] },
  conversions('bool', BOOL, [
    [BOOL, 'bool_to_bool', same],
    [
      STRING,
      'string_to_bool',
      (text: string) =>
        parseGoBool(text) ?? new CelError(`strconv.ParseBool: parsing "${text}": invalid syntax`),
    ],
  ]),
  conversions('bytes', BYTES, [
    [BYTES, 'bytes_to_bytes', same],
    [STRING, 'string_to_bytes', (text: string) => new TextEncoder().encode(text)],
  ]),
  conversions('double', DOUBLE, [
    [DOUBLE, 'double_to_double', same],
    [INT, 'int64_to_double', (value: bigint) => Number(value)],
    [STRING, 'string_to_double', toDouble],
    [UINT, 'uint64_to_double', ({ value }: CelUint) => Number(value)],
  ]),
  conversions('duration', DURATION, [
    [DURATION, 'duration_to_duration', same],
    [
      INT,
      'int64_to_duration',
      () => new CelError("type conversion error from 'int' to 'google.protobuf.Duration'"),
    ],
    [STRING, 'string_to_duration', parseDuration],
  ]),
  conversions('int', INT, [
    [INT, 'int64_to_int64', same],
    [DOUBLE, 'double_to_int64', doubleToInt],
    [DURATION, 'duration_to_int64', ({ nanos }: CelDuration) => nanos],
    [STRING, 'string_to_int64', (text: string) => parseInteger(text, true)],
    [TIMESTAMP, 'timestamp_to_int64', ({ nanos }: CelTimestamp) => floorDiv(nanos, SECOND)],
    [UINT, 'uint64_to_int64', ({ value }: CelUint) => intOf(value)],
  ]),
  conversions('string', STRING, [
    [STRING, 'string_to_string', same],
    [BOOL, 'bool_to_string', asText],
    [BYTES, 'bytes_to_string', asText],
    [DOUBLE, 'double_to_string', asText],
    [DURATION, 'duration_to_string', asText],
    [INT, 'int64_to_string', asText],
    [TIMESTAMP, 'timestamp_to_string', asText],
    [UINT, 'uint64_to_string', asText],
  ]),
  conversions('timestamp', TIMESTAMP, [
    [TIMESTAMP, 'timestamp_to_timestamp', same],
    [INT, 'int64_to_timestamp', (value: bigint) => timestampOf(value * SECOND)],
    [STRING, 'string_to_timestamp', (text: string) => parseTimestamp(text)],
  ]),
  conversions('uint', UINT, [
    [UINT, 'uint64_to_uint64', same],
    [DOUBLE, 'double_to_uint64', doubleToUint],
    [INT, 'int64_to_uint64', (value: bigint) => uintOf(value)],
    [STRING, 'string_to_uint64', (text: string) => parseInteger(text, false)],
  ]),
]
