/** What JSON allows in a string but terminals, editors or HTML act upon. Quotes and backslashes are never among them. */
const RISKY = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/gu
const MARKUP = /[<>&]/g

/**
 * JSON with two spaces of indentation and a line end, in pieces: a report of many findings is never one string.
 * Controls and invisible characters are written as `\uXXXX`. Joined it is what JSON.stringify gives.
 */
export function* escapedJson(value: unknown): Generator<string> {
  let text = ''
  for (const piece of pieces(value, '', STREAMED_LEVELS)) {
    text += piece
    if (text.length < PIECE) continue
    yield text.replace(RISKY, asUnicodeEscape)
    text = ''
  }
  yield `${text.replace(RISKY, asUnicodeEscape)}\n`
}

/** A list of many members for `escapedJson`: each is put into its form when it is written, and forgotten again. */
export function longList<T>(items: readonly T[], form: (item: T) => object): Iterable<object> {
  return new LongList(items, form)
}

class LongList<T> implements Iterable<object> {
  constructor(
    private readonly items: readonly T[],
    private readonly form: (item: T) => object,
  ) {}

  *[Symbol.iterator](): Iterator<object> {
    for (const item of this.items) yield this.form(item)
  }
}

/** Enough for one write to be worth its while. */
const PIECE = 64 * 1024

/** Lists of findings stand at most this deep: `runs[0].results[...]` of SARIF. */
const STREAMED_LEVELS = 4

function* pieces(value: unknown, indent: string, levels: number): Generator<string> {
  if (value instanceof LongList) {
    yield* members(value as LongList<unknown>, indent)
    return
  }
  const isList = Array.isArray(value)
  const entries: [string, unknown][] = isList
    ? value.map((item: unknown) => ['', item])
    : typeof value === 'object' && value !== null
      ? Object.entries(value).filter(([, inner]) => inner !== undefined)
      : []
  if (levels === 0 || entries.length === 0) {
    yield JSON.stringify(value, null, 2).replaceAll('\n', `\n${indent}`)
    return
  }
  yield isList ? '[' : '{'
  let first = true
  for (const [key, inner] of entries) {
    yield `${first ? '' : ','}\n${indent}  ${isList ? '' : `${JSON.stringify(key)}: `}`
    yield* pieces(inner, `${indent}  `, levels - 1)
    first = false
  }
  yield `\n${indent}${isList ? ']' : '}'}`
}

function* members(list: LongList<unknown>, indent: string): Generator<string> {
  let before = '['
  for (const item of list) {
    yield `${before}\n${indent}  ${JSON.stringify(item, null, 2).replaceAll('\n', `\n${indent}  `)}`
    before = ','
  }
  yield before === '[' ? '[]' : `\n${indent}]`
}

/** Compact JSON that may stand inside a `<script>` element: no `<`, `>` or `&` is left in it. */
export function scriptSafeJson(value: unknown): string {
  return JSON.stringify(value).replace(RISKY, asUnicodeEscape).replace(MARKUP, asUnicodeEscape)
}

function asUnicodeEscape(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
