import { lineOf, type LineColumn } from './line-of.js'

const BLOCK_HEADER = /[|>][-+0-9]*[ \t]*(?:#[^\n]*)?(?:\n|$)/y
const SPACES = /\s*/y
/** White space of a double-quoted scalar, written out or escaped. */
const ESCAPED_SPACES = /(?:\s|\\[ntr ])*/y
const SPACE = /\s/

/**
 * The place in a YAML or JSON text of one sign of a scalar's value. `start` is where the scalar begins; `offset` counts
 * UTF-16 units of the value. Follows folded lines, indentation and simple escapes; undefined where it loses track.
 */
export function placeInScalar(
  text: string,
  start: LineColumn,
  value: string,
  offset: number,
): LineColumn | undefined {
  const scalar = contentOf(text, start)
  let at = scalar.at
  let index = 0
  while (index < offset) {
    if (SPACE.test(value[index] ?? '')) {
      const end = runEnd(SPACES, value, index)
      if (end > offset) break
      at = runEnd(scalar.quote === '"' ? ESCAPED_SPACES : SPACES, text, at)
      index = end
    } else {
      const width = widthOf(text, at, value[index] ?? '', scalar.quote)
      if (width === 0) return undefined
      at += width
      index += 1
    }
  }
  return lineOf(text, at)
}

/** Where the value's first sign stands, and the quotation mark around it. */
function contentOf(text: string, { line, column }: LineColumn): { at: number; quote: string } {
  let at = 0
  for (let skipped = 1; skipped < line; skipped += 1) {
    const end = text.indexOf('\n', at)
    if (end < 0) return { at: text.length, quote: '' }
    at = end + 1
  }
  at += column - 1
  const sign = text[at] ?? ''
  if (sign === '"' || sign === "'") return { at: at + 1, quote: sign }
  const header = runEnd(BLOCK_HEADER, text, at)
  // Without a header this is where a plain scalar begins.
  return { at: header === at ? at : runEnd(SPACES, text, header), quote: '' }
}

function runEnd(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  return pattern.test(text) ? pattern.lastIndex : from
}

/** How many signs of the text write this sign of the value; 0 when they write another one. */
function widthOf(text: string, at: number, sign: string, quote: string): number {
  if (quote === "'" && sign === "'") return text.startsWith("''", at) ? 2 : 0
  if (quote === '"' && text[at] === '\\') return escapeWidth(text, at, sign)
  return text[at] === sign ? 1 : 0
}

/** An escape of a double-quoted scalar that writes this sign: by itself, or by number as `\\u0026`. */
function escapeWidth(text: string, at: number, sign: string): number {
  if (text[at + 1] === sign && /["\\/]/.test(sign)) return 2
  const [escape, two, four] = /^\\(?:x([\da-f]{2})|u([\da-f]{4}))/i.exec(text.slice(at, at + 6)) ?? []
  if (escape === undefined) return 0
  return Number.parseInt(two ?? four ?? '', 16) === sign.charCodeAt(0) ? escape.length : 0
}
