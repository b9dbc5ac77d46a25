const PLAIN = /^[ !#-[\]-~]*$/
const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
}

/**
 * A text between double quotes as Go's `%q` prints it.
 * Source: Go strconv/quote.go, Quote. Letters, marks, numbers, punctuation and symbols are printable.
 */
export function goQuote(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`
  let quoted = ''
  for (const sign of text) quoted += SHORT[sign] ?? (isPrintable(sign) ? sign : escaped(sign))
  return `"${quoted}"`
}

function isPrintable(sign: string): boolean {
  return sign === ' ' || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(sign)
}

function escaped(sign: string): string {
  const code = sign.codePointAt(0) ?? 0
  const hex = (width: number): string => code.toString(16).padStart(width, '0')
  // A half of a surrogate pair is no text in Go: it was read as U+FFFD.
  if (code >= 0xd800 && code <= 0xdfff) return '\ufffd'
  if (code < 0x20 || code === 0x7f) return `\\x${hex(2)}`
  return code > 0xffff ? `\\U${hex(8)}` : `\\u${hex(4)}`
}
