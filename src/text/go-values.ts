/** Words that Go's strconv.ParseBool takes; every other word is an error. Source: Go strconv/atob.go. */
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map((word) => [word, true] as const),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map((word) => [word, false] as const),
])

/** A boolean as Go's strconv.ParseBool reads it, or undefined. */
export function parseGoBool(text: string): boolean | undefined {
  return BOOLEANS.get(text)
}

/**
 * A whole number as Go's strconv.ParseInt reads it, or undefined when it is none or does not fit.
 * Base 0 takes the prefixes 0x, 0o, 0b and 0 (octal) and underscores after a prefix or between digits.
 */
export function parseGoInt(text: string, bits: 32 | 64, base: 0 | 10 = 0): number | undefined {
  const parsed = parseGoBigInt(text, base)
  if (parsed === undefined) return undefined
  const limit = 1n << BigInt(bits - 1)
  return parsed >= -limit && parsed < limit ? Number(parsed) : undefined
}

// Longer digits than any 64-bit number needs are refused unread, so that hostile text costs nothing.
const MAX_DIGITS = 100

function parseGoBigInt(text: string, base: 0 | 10): bigint | undefined {
  if (text.length > MAX_DIGITS) return undefined
  const negative = text.startsWith('-')
  let digits = negative || text.startsWith('+') ? text.slice(1) : text
  if (base === 10) return /^\d+$/.test(digits) ? signed(BigInt(digits), negative) : undefined
  if (!/^(0[xX](_?[\da-fA-F])+|0[bB](_?[01])+|0[oO](_?[0-7])+|0(_?[0-7])*|[1-9](_?\d)*)$/.test(digits)) {
    return undefined
  }
  digits = digits.replaceAll('_', '').toLowerCase()
  if (/^0[0-7]+$/.test(digits)) digits = `0o${digits.slice(1)}`
  return signed(BigInt(digits), negative)
}

function signed(value: bigint, negative: boolean): bigint {
  return negative ? -value : value
}

/** A decimal floating point number as Go's strconv.ParseFloat reads it (hexadecimal floats are left out), or undefined. */
export function parseGoFloat(text: string): number | undefined {
  if (!/^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(text)) return undefined
  const value = Number(text)
  return Number.isFinite(value) ? value : undefined
}
