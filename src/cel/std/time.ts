import { CelDuration, CelError, CelTimestamp } from '../values.js'

const SECOND = 1_000_000_000n
const DAY_SECONDS = 86_400n
/** 0001-01-01T00:00:00Z and the last nanosecond of 9999. Source: cel-go common/types/timestamp.go. */
const FIRST = -62_135_596_800n * SECOND
const LAST = 253_402_300_799n * SECOND + 999_999_999n
const MAX_INT = 0x7fff_ffff_ffff_ffffn

/** A timestamp within the range of the language. */
export function timestampOf(nanos: bigint, offset = 0): CelTimestamp | CelError {
  return nanos < FIRST || nanos > LAST ? new CelError('timestamp overflow') : new CelTimestamp(nanos, offset)
}

/** A duration that 64 bits hold. */
export function durationOf(nanos: bigint): CelDuration | CelError {
  return nanos > MAX_INT || nanos < -MAX_INT - 1n ? new CelError('integer overflow') : new CelDuration(nanos)
}

/** The hour may have one digit: Go's parser is lenient there. */
const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{1,2}):(\d{2}):(\d{2})(?:[.,](\d+))?(?:Z|([+-])(\d{2}):(\d{2}))$/

/** Reads RFC 3339 as Go's time.Parse does. */
export function parseTimestamp(text: string): CelTimestamp | CelError {
  const found = RFC3339.exec(text)
  if (found === null) return new CelError(`invalid timestamp string "${text}"`)
  const [
    ,
    year,
    month,
    day,
    hour,
    minute,
    second,
    fraction = '',
    sign,
    offsetHour = '0',
    offsetMinute = '0',
  ] = found
  const [y, mo, d, h, mi, s] = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  const days = new Date(Date.UTC(2000, 0, 1))
  days.setUTCFullYear(y, mo - 1, d)
  const real = days.getUTCMonth() === mo - 1 && days.getUTCDate() === d
  if (!real || h > 23 || mi > 59 || s > 59 || Number(offsetHour) > 24 || Number(offsetMinute) > 60) {
    return new CelError(`invalid timestamp string "${text}"`)
  }
  const seconds = BigInt(days.getTime() / 1000) + BigInt(h * 3600 + mi * 60 + s)
  const offset = (Number(offsetHour) * 3600 + Number(offsetMinute) * 60) * (sign === '-' ? -1 : 1)
  return timestampOf(
    (seconds - BigInt(offset)) * SECOND + BigInt(fraction.slice(0, 9).padEnd(9, '0') || '0'),
    offset === 0 ? 0 : offset,
  )
}

/** `2024-01-02T03:04:05.006Z`, as Go's RFC3339Nano in the time zone in which it was written. */
export function formatTimestamp({ nanos, offset }: CelTimestamp): string {
  const whole = floorDiv(nanos, SECOND)
  const rest = nanos - whole * SECOND
  const seconds = whole + BigInt(offset)
  const fraction = rest === 0n ? '' : `.${String(rest).padStart(9, '0').replace(/0+$/, '')}`
  const date = new Date(Number(seconds) * 1000)
  const pad = (value: number, width = 2): string => String(value).padStart(width, '0')
  return `${pad(date.getUTCFullYear(), 4)}-${pad(date.getUTCMonth() + 1)}-${pad(date.getUTCDate())}T${pad(date.getUTCHours())}:${pad(date.getUTCMinutes())}:${pad(date.getUTCSeconds())}${fraction}${zoneText(offset)}`
}

function zoneText(offset: number): string {
  if (offset === 0) return 'Z'
  const minutes = Math.trunc(Math.abs(offset) / 60)
  const [hour, minute] = [Math.trunc(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'))
  return `${offset < 0 ? '-' : '+'}${hour ?? ''}:${minute ?? ''}`
}

const UNITS: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  μs: 1_000n,
  ms: 1_000_000n,
  s: SECOND,
  m: 60n * SECOND,
  h: 3600n * SECOND,
}

/** Reads a duration as Go's time.ParseDuration does, in nanoseconds; undefined when it is none. */
export function parseGoDurationNanos(text: string): bigint | undefined {
  const sign = text.startsWith('-') ? -1n : 1n
  const body = text.replace(/^[+-]/, '')
  if (body === '0') return 0n
  if (body === '' || body.length > 200) return undefined
  const part = /(\d*)(?:\.(\d*))?(ns|us|µs|μs|ms|s|m|h)/y
  let total = 0n
  let at = 0
  while (at < body.length) {
    part.lastIndex = at
    const found = part.exec(body)
    if (found === null) return undefined
    const [whole, integer = '', fraction = '', unit = ''] = found
    if (integer === '' && fraction === '') return undefined
    const scale = UNITS[unit] ?? 1n
    total += BigInt(integer || '0') * scale
    total += fractionOf(fraction, scale)
    at += whole.length
  }
  const nanos = sign * total
  return nanos > MAX_INT || nanos < -MAX_INT - 1n ? undefined : nanos
}

/** Go computes the fraction with a float, of as many digits as 63 bits hold. Source: Go time.ParseDuration, leadingFraction. */
function fractionOf(digits: string, unit: bigint): bigint {
  let value = 0n
  let scale = 1
  for (const digit of digits) {
    const next = value * 10n + BigInt(digit)
    if (value > MAX_INT / 10n || next > MAX_INT + 1n) break
    value = next
    scale *= 10
  }
  return BigInt(Math.trunc(Number(value) * (Number(unit) / scale)))
}

/** Seconds with a fraction: `3600s`, `1.5s`. Source: cel-go common/types/duration.go, ConvertToType. */
export function formatDuration({ nanos }: CelDuration): string {
  return `${plainDecimal(Number(nanos) / 1e9)}s`
}

/** A number without an exponent. */
export function plainDecimal(value: number): string {
  const text = String(value)
  const found = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(text)
  if (found === null) return text
  const [, sign = '', first = '', rest = '', exponent = '0'] = found
  const power = Number(exponent)
  const digits = first + rest
  if (power < 0) return `${sign}0.${'0'.repeat(-power - 1)}${digits}`
  return `${sign}${digits.padEnd(power + 1, '0').slice(0, power + 1)}${digits.length > power + 1 ? `.${digits.slice(power + 1)}` : ''}`
}

export function floorDiv(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient
}

/** The parts of a timestamp in a time zone: UTC, an offset as `-02:30`, or a name as `Europe/Berlin`. */
export function timestampPart(timestamp: CelTimestamp, part: TimestampPart, zone: string): bigint | CelError {
  const offset = zoneOffset(timestamp, zone)
  if (offset === undefined) return new CelError(`unknown time zone ${zone}`)
  const local = timestamp.nanos + BigInt(offset) * SECOND
  const seconds = floorDiv(local, SECOND)
  const date = new Date(Number(seconds) * 1000)
  switch (part) {
    case 'getFullYear':
      return BigInt(date.getUTCFullYear())
    case 'getMonth':
      return BigInt(date.getUTCMonth())
    case 'getDayOfYear':
      return dayOfYear(date)
    case 'getDayOfMonth':
      return BigInt(date.getUTCDate() - 1)
    case 'getDate':
      return BigInt(date.getUTCDate())
    case 'getDayOfWeek':
      return BigInt(date.getUTCDay())
    case 'getHours':
      return BigInt(date.getUTCHours())
    case 'getMinutes':
      return BigInt(date.getUTCMinutes())
    case 'getSeconds':
      return BigInt(date.getUTCSeconds())
    case 'getMilliseconds':
      return (local - seconds * SECOND) / 1_000_000n
  }
}

export type TimestampPart =
  | 'getFullYear'
  | 'getMonth'
  | 'getDayOfYear'
  | 'getDayOfMonth'
  | 'getDate'
  | 'getDayOfWeek'
  | 'getHours'
  | 'getMinutes'
  | 'getSeconds'
  | 'getMilliseconds'

function dayOfYear(date: Date): bigint {
  const first = new Date(date.getTime())
  first.setUTCMonth(0, 1)
  return (floorDiv(BigInt(date.getTime()), 1000n) - floorDiv(BigInt(first.getTime()), 1000n)) / DAY_SECONDS
}

/** Seconds east of Greenwich. Source: cel-go common/types/timestamp.go, timeZone. */
function zoneOffset(timestamp: CelTimestamp, zone: string): number | undefined {
  if (zone === '' || zone === 'UTC' || zone === 'Local') return 0
  const colon = zone.indexOf(':')
  if (colon >= 0) {
    const [hours, minutes] = [zone.slice(0, colon), zone.slice(colon + 1)]
    if (!/^[+-]?\d{1,9}$/.test(hours) || !/^[+-]?\d{1,9}$/.test(minutes)) return undefined
    return Number(hours) * 3600 + (zone.startsWith('-') ? -1 : 1) * Number(minutes) * 60
  }
  return namedZoneOffset(Number(floorDiv(timestamp.nanos, SECOND)) * 1000, zone)
}

function namedZoneOffset(millis: number, zone: string): number | undefined {
  // Names count with their case in Go; a link to a file elsewhere is none.
  if (!/^[A-Z][A-Za-z0-9_+-]*(?:\/[A-Z][A-Za-z0-9_+-]*)*$/.test(zone)) return undefined
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      era: 'short',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    const parts = new Map(format.formatToParts(millis).map(({ type, value }) => [type, value]))
    const at = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type) ?? 0)
    const year = parts.get('era') === 'BC' ? 1 - at('year') : at('year')
    const local = new Date(Date.UTC(2000, at('month') - 1, at('day'), at('hour'), at('minute'), at('second')))
    local.setUTCFullYear(year, at('month') - 1, at('day'))
    return Math.round((local.getTime() - millis) / 1000)
  } catch {
    return undefined
  }
}
