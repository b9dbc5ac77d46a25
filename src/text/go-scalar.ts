import { parseGoFloat } from './go-values.js'

type ScalarValue = string | number | boolean | null

const WORDS: ReadonlyMap<string, boolean | null> = new Map<string, boolean | null>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(
    (word) => [word, true] as const,
  ),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(
    (word) => [word, false] as const,
  ),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
])

/**
 * A YAML scalar as go-yaml v2 resolves it: words and numbers only where they are plain.
 * Source: go.yaml.in/yaml/v2 v2.4.3 resolve.go, resolve.
 */
export function goScalar(text: string, plain: boolean, tag?: string): ScalarValue {
  if (!plain && tag === undefined) return text
  if (tag !== undefined && !/^tag:yaml\.org,2002:(bool|int|float|null)$/.test(tag)) return text
  const word = WORDS.get(text)
  if (word !== undefined) return word
  return /^[-+.\d]/.test(text) ? (goNumber(text) ?? text) : text
}

function goNumber(text: string): number | undefined {
  if (text.length > 400) return undefined
  const digits = text.startsWith('.') ? text : text.replaceAll('_', '')
  return wholeNumber(digits) ?? parseGoFloat(digits)
}

function wholeNumber(text: string): number | undefined {
  const parts = /^([-+]?)(0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]+|0|[1-9]\d*)$/.exec(text)
  if (parts === null) return undefined
  const digits = parts[2] ?? ''
  const size = Number(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits)
  // Beyond 64 bits go-yaml falls back to a float, which is the same number here.
  return parts[1] === '-' && size !== 0 ? -size : size
}

/** A JSON scalar; numbers remember whether they were written with a point or exponent. */
export function jsonScalar(text: string, plain: boolean): { value: ScalarValue; fraction?: boolean } {
  if (!plain) return { value: text }
  if (text === 'true' || text === 'false') return { value: text === 'true' }
  if (text === 'null' || text === '') return { value: null }
  return /[.eE]/.test(text) ? { value: Number(text), fraction: true } : { value: Number(text) }
}
