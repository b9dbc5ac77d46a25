import { goQuote } from '../../text/index.js'
import { textOf } from '../std/convert.js'
import {
  CelDuration,
  CelError,
  CelMap,
  CelTimestamp,
  CelUint,
  typeNameOf,
  type CelResult,
  type CelValue,
} from '../values.js'

const USUAL_PRECISION = 6
const CLAUSE = /%(?:\.(\d+))?([a-zA-Z%])?/g

/** Fills the clauses of a format string. Source: cel-go ext/formatting.go (string library before version 4). */
export function formatText(format: string, args: readonly CelValue[]): CelResult {
  let used = 0
  let text = ''
  let last = 0
  for (const found of format.matchAll(CLAUSE)) {
    text += format.slice(last, found.index)
    last = found.index + found[0].length
    const [whole, precision, letter] = found
    if (whole === '%%') {
      text += '%'
      continue
    }
    if (letter === undefined)
      return new CelError('could not parse formatting clause: unexpected end of string')
    const arg = args[used]
    if (arg === undefined) return new CelError(`index ${used} out of range`)
    used++
    const shown = clause(letter, precision === undefined ? USUAL_PRECISION : Number(precision), arg)
    if (typeof shown !== 'string') return shown
    text += shown
  }
  return text + format.slice(last)
}

function clause(letter: string, precision: number, value: CelValue): string | CelError {
  switch (letter) {
    case 's':
      return asString(value)
    case 'd':
      return whole(value)?.toString() ?? wrong('decimal', 'integers', value)
    case 'f':
      return (
        asDouble(value, (number) => grouped(fixed(number, Math.min(precision, 100)))) ??
        wrong('fixed-point', 'doubles', value)
      )
    case 'e':
      return (
        asDouble(value, scientific)?.padStart(Math.min(precision, 1000)) ??
        wrong('scientific', 'doubles', value)
      )
    case 'b':
      if (typeof value === 'boolean') return value ? '1' : '0'
      return whole(value)?.toString(2) ?? wrong('binary', 'integers and bools', value)
    case 'o':
      return whole(value)?.toString(8) ?? wrong('octal', 'integers', value)
    case 'x':
    case 'X':
      return hex(value, letter === 'X') ?? wrong('hex', 'integers, byte buffers, and strings', value)
    default:
      return new CelError(`could not parse formatting clause: unrecognized formatting clause "${letter}"`)
  }
}

function wrong(name: string, only: string, value: CelValue): CelError {
  return new CelError(
    `error during formatting: ${name} clause can only be used on ${only}, was given ${typeNameOf(value)}`,
  )
}

function whole(value: CelValue): bigint | undefined {
  if (typeof value === 'bigint') return value
  return value instanceof CelUint ? value.value : undefined
}

function asDouble(value: CelValue, show: (number: number) => string): string | undefined {
  if (value === 'NaN' || (typeof value === 'number' && Number.isNaN(value))) return 'NaN'
  if (value === 'Infinity' || value === Infinity) return '∞'
  if (value === '-Infinity' || value === -Infinity) return '-∞'
  return typeof value === 'number' ? show(value) : undefined
}

/** Thousands with commas, as the printer for American English writes them. */
function grouped(text: string): string {
  const [integer = '', ...fraction] = text.split('.')
  return [integer.replace(/\B(?=(?:\d{3})+$)/g, ','), ...fraction].join('.')
}

const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹'

/**
 * `1.052033×10⁰³`, as the same printer writes it. What stands for the precision is the width there: the precision is
 * always six.
 */
function scientific(number: number): string {
  const [mantissa = '', exponent = '0'] = number.toExponential(USUAL_PRECISION).split('e')
  const power = Number(exponent)
  const digits = String(Math.abs(power)).padStart(2, '0')
  const raised = Array.from(digits)
    .map((digit) => RAISED[Number(digit)] ?? '')
    .join('')
  return `${mantissa}×10${power < 0 ? '⁻' : ''}${raised}`
}

function hex(value: CelValue, upper: boolean): string | undefined {
  const number = whole(value)
  const bytes = typeof value === 'string' ? new TextEncoder().encode(value) : value
  const text =
    number?.toString(16) ??
    (bytes instanceof Uint8Array
      ? [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
      : undefined)
  return upper ? text?.toUpperCase() : text
}

function asString(value: CelValue): string | CelError {
  if (value === null) return 'null'
  if (Array.isArray(value)) return listText(value as readonly CelValue[])
  if (value instanceof CelMap) return mapText(value)
  return (
    textOf(value) ??
    wrong(
      'string',
      'strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps',
      value,
    )
  )
}

function listText(list: readonly CelValue[]): string | CelError {
  const parts: string[] = []
  for (const each of list) {
    const part = memberText(each)
    if (typeof part !== 'string') return part
    parts.push(part)
  }
  return `[${parts.join(', ')}]`
}

function mapText(map: CelMap): string | CelError {
  const parts: [string, string][] = []
  for (const [key, value] of map.pairs()) {
    if (!isKey(key)) {
      return new CelError(
        `error during formatting: no formatting function for map key of type ${typeNameOf(key)}`,
      )
    }
    const name = memberText(key)
    const shown = memberText(value)
    if (typeof name !== 'string') return name
    if (typeof shown !== 'string') return shown
    parts.push([name, shown])
  }
  parts.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${parts.map(([name, shown]) => `${name}:${shown}`).join(', ')}}`
}

function isKey(key: CelValue): boolean {
  return ['string', 'bigint', 'boolean'].includes(typeof key) || key instanceof CelUint
}

/** Digits without an exponent, however large the number. */
function fixed(number: number, digits: number): string {
  if (Math.abs(number) < 1e21) return number.toFixed(digits)
  return `${BigInt(number)}${digits === 0 ? '' : `.${'0'.repeat(digits)}`}`
}

/** A member of a list or map as CEL would write it. Source: the same, clauseForType and quoteForCEL. */
function memberText(value: CelValue): string | CelError {
  if (typeof value === 'string') return goQuote(value)
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return '"NaN"'
    return Number.isFinite(value) ? fixed(value, USUAL_PRECISION) : value > 0 ? '"+Inf"' : '"-Inf"'
  }
  const text = asString(value)
  if (typeof text !== 'string') return text
  if (value instanceof Uint8Array) return `b${goQuote(text)}`
  if (value instanceof CelTimestamp) return `timestamp(${goQuote(text)})`
  return value instanceof CelDuration ? `duration(${goQuote(text)})` : text
}
