import type { JsonPath } from '../model/index.js'
import { goScalar } from './go-scalar.js'
import { lineOf, type LineColumn } from './line-of.js'

/** A key of a block mapping, plain or in quotes without escapes; other keys are left to the parser. */
const KEY = /(?:([\w./$][^\s:#,[\]{}"'&*!|>%@`]*)|"([^"\\\n]*)"|'([^'\n]*)') *:(?=[ \r\n]|$)/y
/** Plain keys that kubectl reads as something else than their text. */
const TYPED_KEY = /^(?:[-+.\d~nNtTfFyYoO]|$)/

/** A block node: where its first sign stands, and the column (from 0) of its keys or dashes. */
interface Block {
  readonly kind: 'map' | 'list'
  readonly start: number
  readonly column: number
}

interface Inline<K extends string> {
  readonly kind: K
  readonly start: number
}

interface Member {
  /** Where the key (in a list, the item) begins. */
  readonly start: number
  /** Where the value begins; undefined when it is empty. */
  readonly value: Block | Inline<'scalar'> | Inline<'flow'> | undefined
}

/** The text is more than this reader knows: anchors, tags, flow style, keys of several lines. */
class Unsure extends Error {}

/**
 * See `locate`: for plain block YAML, as kubectl, Helm and people mostly write it, by looking at the beginning of
 * lines alone. `unsure` where the text holds anything else on the way; then a parser has to be asked.
 */
export function locateBlockYaml(text: string, path: JsonPath): LineColumn | 'unsure' {
  try {
    return new BlockReader(text).locate(path)
  } catch (error) {
    if (error instanceof Unsure) return 'unsure'
    throw error
  }
}

class BlockReader {
  constructor(private readonly text: string) {}

  locate(path: JsonPath): LineColumn {
    const first = this.contentFrom(this.text.startsWith('\uFEFF') ? 1 : 0)
    if (first === undefined) throw new Unsure()
    let here: Member['value'] = this.blockAt(first.start, first.column)
    if (here === undefined) throw new Unsure()
    let shown = here.start
    for (const step of path) {
      if (here === undefined || here.kind === 'scalar') break
      if (here.kind === 'flow') throw new Unsure()
      const member: Member | undefined =
        typeof step === 'number' ? this.item(here, step) : this.member(here, step)
      if (member === undefined) break
      here = member.value
      shown = here?.kind === 'scalar' ? here.start : member.start
    }
    return lineOf(this.text, shown)
  }

  /** The block that begins at an offset, or undefined when something else does. */
  private blockAt(start: number, column: number): Block | undefined {
    if (this.isDash(start)) return { kind: 'list', start, column }
    KEY.lastIndex = start
    return KEY.test(this.text) ? { kind: 'map', start, column } : undefined
  }

  private isDash(at: number): boolean {
    return this.text[at] === '-' && /^[ \r\n]?$/.test(this.text.charAt(at + 1))
  }

  /** All keys are looked at: the last of two equal ones counts. */
  private member(map: Block, key: string): Member | undefined {
    if (map.kind !== 'map') return undefined
    let found: Member | undefined
    for (let at: number | undefined = map.start; at !== undefined; at = this.nextEntry(at, map)) {
      KEY.lastIndex = at
      const match = KEY.exec(this.text)
      if (match === null) throw new Unsure()
      const [whole, plain, double, single] = match
      const name =
        plain !== undefined && TYPED_KEY.test(plain)
          ? String(goScalar(plain, true))
          : (plain ?? double ?? single)
      if (name === key) found = { start: at, value: this.valueAt(at + whole.length, map.column, true) }
    }
    return found
  }

  private item(list: Block, index: number): Member | undefined {
    if (list.kind !== 'list') return undefined
    let count = 0
    for (let at: number | undefined = list.start; at !== undefined; at = this.nextEntry(at, list)) {
      if (count === index) {
        const value = this.valueAt(at + 1, list.column, false)
        if (value === undefined) throw new Unsure()
        return { start: value.start, value }
      }
      count += 1
    }
    return undefined
  }

  /** What stands behind a key's colon or an item's dash, on the same line or on the next ones. */
  private valueAt(offset: number, column: number, behindKey: boolean): Member['value'] {
    let at = offset
    while (this.text[at] === ' ') at += 1
    const sign = this.text[at]
    if (sign !== undefined && sign !== '\r' && sign !== '\n' && sign !== '#') {
      if (behindKey) return this.inlineAt(at)
      const own = this.blockAt(at, at - this.lineStart(at))
      if (own === undefined && this.mayHoldKey(at)) throw new Unsure()
      return own ?? this.inlineAt(at)
    }
    const next = this.contentFrom(this.lineEnd(at))
    if (next === undefined || next.column < column) return undefined
    if (next.column === column && !(behindKey && this.isDash(next.start))) return undefined
    const block = this.blockAt(next.start, next.column)
    if (block === undefined) throw new Unsure()
    return block
  }

  /** Whether an item's line may begin a mapping with a key that `KEY` does not know. */
  private mayHoldKey(at: number): boolean {
    const line = this.text.slice(at, this.lineEnd(at))
    return /^["']/.test(line) ? !/^(?:"[^"\\]*"|'[^']*')\s*$/.test(line) : /:\s/.test(`${line}\n`)
  }

  private inlineAt(start: number): Member['value'] {
    const sign = this.text[start] ?? ''
    if ('&*!?%@`\t'.includes(sign)) throw new Unsure()
    return sign === '{' || sign === '[' ? { kind: 'flow', start } : { kind: 'scalar', start }
  }

  /** The next key or dash of a block, or undefined at its end. Deeper lines belong to the entry before. */
  private nextEntry(at: number, block: Block): number | undefined {
    for (let end = this.lineEnd(at); ;) {
      const next = this.contentFrom(end, block.column)
      if (next === undefined || next.column < block.column) return undefined
      if (next.column === block.column) {
        const dash = this.isDash(next.start)
        if (dash === (block.kind === 'list')) return next.start
        // A list may stand as deep as the key above it; a key behind a list ends the list.
        if (block.kind === 'list') return undefined
      }
      end = this.lineEnd(next.start)
    }
  }

  /** The first sign behind an offset (of a line's beginning) that is neither space nor comment, up to a column. */
  private contentFrom(offset: number, deepest = Infinity): { start: number; column: number } | undefined {
    const { text } = this
    let line = offset
    while (line < text.length) {
      let at = line
      while (text.charCodeAt(at) === 0x20) at += 1
      const code = text.charCodeAt(at)
      if (at - line <= deepest && code === 0x09) throw new Unsure()
      const empty = Number.isNaN(code) || code === 0x0a || code === 0x0d || code === 0x23
      if (!empty && at - line <= deepest) {
        if (at > line || !this.isMark(at)) return { start: at, column: at - line }
        if (line !== 0) throw new Unsure()
      }
      line = this.lineEnd(at)
    }
    return undefined
  }

  /** `---` alone in the first line is passed over; all other marks of documents are left to the parser. */
  private isMark(at: number): boolean {
    if (!this.text.startsWith('---', at)) return false
    if (/^---[ \r]*(?:\n|$)/.test(this.text.slice(at, at + 100))) return true
    throw new Unsure()
  }

  private lineStart(at: number): number {
    return this.text.lastIndexOf('\n', at - 1) + 1
  }

  /** Where the next line begins. */
  private lineEnd(at: number): number {
    const newline = this.text.indexOf('\n', at)
    return newline < 0 ? this.text.length : newline + 1
  }
}
