const UNITS: ReadonlyMap<string, bigint> = new Map([
  ['ns', 1n],
  ['us', 1_000n],
  ['µs', 1_000n],
  ['μs', 1_000n],
  ['ms', 1_000_000n],
  ['s', 1_000_000_000n],
  ['m', 60_000_000_000n],
  ['h', 3_600_000_000_000n],
])
const LARGEST = (1n << 63n) - 1n
const LONGEST_TEXT = 200

/**
 * Nanoseconds of a duration as Go's time.ParseDuration reads it (`1h30m`, `-1.5s`, `0`), or undefined.
 * A number without a unit is an error, but for zero.
 */
export function parseGoDuration(text: string): bigint | undefined {
  if (text.length > LONGEST_TEXT) return undefined
  const negative = text.startsWith('-')
  let rest = negative || text.startsWith('+') ? text.slice(1) : text
  if (rest === '0') return 0n
  if (rest === '') return undefined
  let total = 0n
  while (rest !== '') {
    const part = /^(\d*)(?:\.(\d*))?([^\d.]+)/.exec(rest)
    if (part === null) return undefined
    const [whole, digits = '', fraction = '', unit = ''] = part
    const scale = UNITS.get(unit)
    if (scale === undefined || (digits === '' && fraction === '')) return undefined
    total += BigInt(digits === '' ? '0' : digits) * scale + fractionOf(fraction, scale)
    if (total > LARGEST + (negative ? 1n : 0n)) return undefined
    rest = rest.slice(whole.length)
  }
  return negative ? -total : total
}

function fractionOf(digits: string, scale: bigint): bigint {
  return digits === '' ? 0n : (BigInt(digits) * scale) / 10n ** BigInt(digits.length)
}

/** Nanoseconds as Go prints a time.Duration: `4h0m0s`, `100ms`, `0s`. */
export function formatGoDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '0s'
  const sign = nanoseconds < 0n ? '-' : ''
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds
  if (size < 1_000n) return `${sign}${size}ns`
  if (size < 1_000_000n) return `${sign}${decimal(size, 1_000n)}µs`
  if (size < 1_000_000_000n) return `${sign}${decimal(size, 1_000_000n)}ms`
  const minutes = size / 60_000_000_000n
  const seconds = decimal(size % 60_000_000_000n, 1_000_000_000n)
  if (minutes === 0n) return `${sign}${seconds}s`
  const hours = minutes / 60n
  return hours === 0n ? `${sign}${minutes}m${seconds}s` : `${sign}${hours}h${minutes % 60n}m${seconds}s`
}

function decimal(value: bigint, unit: bigint): string {
  const rest = value % unit
  if (rest === 0n) return String(value / unit)
  const digits = String(rest).padStart(String(unit).length - 1, '0')
  return `${value / unit}.${digits.replace(/0+$/, '')}`
}
