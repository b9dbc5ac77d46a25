import type { TracedText, TextPlace } from './traced-text.js'

/** A word of a unit's setting with the place of its first sign. */
export interface UnitWord {
  readonly value: string
  readonly place: TextPlace
}

const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  s: ' ',
  '\\': '\\',
  '"': '"',
  "'": "'",
}

/**
 * Splits a setting into words as systemd does: blanks, single and double quotes, backslash escapes of C where
 * `escapes` is on (else a backslash takes the next sign as it is). An unclosed quote ends with the text. Never throws.
 * Source: systemd v257 src/basic/extract-word.c, extract_first_word; systemd.syntax(7), Quoting.
 */
export function systemdWords(traced: TracedText, escapes = true): UnitWord[] {
  const text = traced.text
  const words: UnitWord[] = []
  let value: string | undefined
  let start = 0
  let quote = ''
  for (let at = 0; at < text.length;) {
    const sign = text[at] as string
    if (quote === '' && /\s/.test(sign)) {
      if (value !== undefined) words.push({ value, place: traced.placeAt(start) })
      value = undefined
      at += 1
      continue
    }
    if (value === undefined) start = at
    value ??= ''
    if (sign === '\\') {
      const [decoded, length] = escapes ? unescapeOne(text, at + 1) : [text[at + 1] ?? '', 1]
      value += decoded
      at += 1 + length
    } else if (quote === '' ? sign === '"' || sign === "'" : sign === quote) {
      quote = quote === '' ? sign : ''
      at += 1
    } else {
      value += sign
      at += 1
    }
  }
  if (value !== undefined) words.push({ value, place: traced.placeAt(start) })
  return words
}

/** What stands behind a backslash, and how many signs it takes. Unknown escapes stay as they are, as systemd warns. */
function unescapeOne(text: string, at: number): [string, number] {
  const sign = text[at]
  if (sign === undefined) return ['\\', 0]
  if (Object.hasOwn(ESCAPES, sign)) return [ESCAPES[sign] as string, 1]
  const number = /^(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{3}))/.exec(
    text.slice(at, at + 9),
  )
  if (number === null) return [`\\${sign}`, 1]
  const code =
    number[4] === undefined ? parseInt(number[1] ?? number[2] ?? number[3] ?? '', 16) : parseInt(number[4], 8)
  if (code === 0 || code > 0x10ffff) return [`\\${sign}`, 1]
  return [String.fromCodePoint(code), number[0].length]
}
