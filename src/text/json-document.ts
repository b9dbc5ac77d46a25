import type { DocEntry, DocNode, GoDocument } from './go-document.js'

const MAX_DEPTH = 200
const LARGEST_TEXT = 1024 * 1024
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  '\\': '\\',
  '/': '/',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
}

/**
 * Reads a text as Go's encoding/json does: strict (no trailing commas, no comments), a key that stands twice counts
 * the last time. Gives each value its place, and the line and column of what is wrong. Above 1 MiB or 200 levels it
 * refuses. Never throws.
 */
export function readJsonDocument(text: string): GoDocument {
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text
  if (plain.length > LARGEST_TEXT) return refused('the file is larger than 1 MiB')
  const reader = new JsonReader(plain)
  try {
    return { format: 'json', root: reader.document(), duplicates: reader.duplicates, overridden: [] }
  } catch (fault) {
    if (!(fault instanceof JsonFault)) throw fault
    const { line, column } = reader.place(fault.offset)
    return { ...refused(fault.message, line, column), duplicates: reader.duplicates }
  }
}

function refused(message: string, line?: number, column?: number): GoDocument {
  const place = line === undefined || column === undefined ? {} : { line, column }
  return { format: 'json', error: { message, ...place }, duplicates: [], overridden: [] }
}

class JsonFault extends Error {
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message)
  }
}

class JsonReader {
  readonly duplicates: { key: string; line: number; column: number }[] = []
  private readonly lineStarts: readonly number[]
  private at = 0

  constructor(private readonly text: string) {
    const starts = [0]
    for (let next = text.indexOf('\n'); next >= 0; next = text.indexOf('\n', next + 1)) starts.push(next + 1)
    this.lineStarts = starts
  }

  document(): DocNode {
    const root = this.value(0)
    this.blanks()
    if (this.at < this.text.length) this.fail('text follows the end of the document')
    return root
  }

  /** Line and column from 1, by binary search. */
  place(offset: number): { line: number; column: number } {
    let low = 0
    let high = this.lineStarts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.lineStarts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (this.lineStarts[low] ?? 0) + 1 }
  }

  private value(depth: number): DocNode {
    this.blanks()
    if (depth > MAX_DEPTH) this.fail(`it nests deeper than ${MAX_DEPTH} levels`)
    const start = this.place(this.at)
    const sign = this.text[this.at]
    if (sign === '{') return { kind: 'map', ...start, entries: this.entries(depth) }
    if (sign === '[') return { kind: 'list', ...start, items: this.items(depth) }
    if (sign === '"') return { kind: 'scalar', ...start, value: this.string() }
    for (const [word, value] of [
      ['true', true],
      ['false', false],
      ['null', null],
    ] as const) {
      if (!this.text.startsWith(word, this.at)) continue
      this.at += word.length
      return { kind: 'scalar', ...start, value }
    }
    return { kind: 'scalar', ...start, ...this.number() }
  }

  private entries(depth: number): Map<string, DocEntry> {
    const entries = new Map<string, DocEntry>()
    this.at += 1
    this.blanks()
    if (this.take('}')) return entries
    for (;;) {
      this.blanks()
      if (this.text[this.at] === '}') this.fail('a comma stands before the closing brace')
      if (this.text[this.at] !== '"') this.fail('a key in double quotes is missing')
      const place = this.place(this.at)
      const key = this.string()
      this.blanks()
      if (!this.take(':')) this.fail(`a colon is missing after \`${key}\``)
      const value = this.value(depth + 1)
      if (entries.has(key)) this.duplicates.push({ key, ...place })
      entries.set(key, { ...place, value })
      this.blanks()
      if (this.take('}')) return entries
      if (!this.take(',')) this.fail(`a comma is missing after the value of \`${key}\``)
    }
  }

  private items(depth: number): DocNode[] {
    const items: DocNode[] = []
    this.at += 1
    this.blanks()
    if (this.take(']')) return items
    for (;;) {
      this.blanks()
      if (this.text[this.at] === ']') this.fail('a comma stands before the closing bracket')
      items.push(this.value(depth + 1))
      this.blanks()
      if (this.take(']')) return items
      if (!this.take(',')) this.fail('a comma is missing between two values of a list')
    }
  }

  private string(): string {
    const parts: string[] = []
    this.at += 1
    for (;;) {
      // eslint-disable-next-line no-control-regex -- these signs are what is looked for
      const plain = /[^"\\\u0000-\u001f]*/y
      plain.lastIndex = this.at
      const run = plain.exec(this.text)?.[0] ?? ''
      parts.push(run)
      this.at += run.length
      const sign = this.text[this.at]
      if (sign === undefined) this.fail('a text is not closed')
      if (sign === '"') break
      if (sign !== '\\') this.fail('a control character or line break stands in a text')
      parts.push(this.escape())
    }
    this.at += 1
    return parts.join('')
  }

  private escape(): string {
    const sign = this.text[this.at + 1] ?? ''
    const plain = Object.hasOwn(ESCAPES, sign) ? ESCAPES[sign] : undefined
    if (plain !== undefined) {
      this.at += 2
      return plain
    }
    const hex = /^u([0-9a-fA-F]{4})/.exec(this.text.slice(this.at + 1, this.at + 6))?.[1]
    if (hex === undefined) this.fail('an escape that JSON does not know')
    this.at += 6
    return String.fromCharCode(Number.parseInt(hex, 16))
  }

  private number(): { value: number; fraction?: boolean } {
    const pattern = /-?(?:0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/y
    pattern.lastIndex = this.at
    const match = pattern.exec(this.text)
    if (match === null) this.fail(this.at >= this.text.length ? 'the text ends too early' : 'no JSON value')
    this.at += match[0].length
    const fraction = match[1] !== undefined || match[2] !== undefined
    return { value: Number(match[0]), ...(fraction ? { fraction } : {}) }
  }

  private blanks(): void {
    while (' \t\r\n'.includes(this.text[this.at] ?? '-')) this.at += 1
  }

  private take(sign: string): boolean {
    if (this.text[this.at] !== sign) return false
    this.at += 1
    return true
  }

  private fail(message: string): never {
    throw new JsonFault(message, this.at)
  }
}
