import { MAX_PART, MAX_WHOLE, type PartSink, type RawPart, type Splitter } from './document-parts.js'

const LF = 0x0a
const CR = 0x0d
const TAB = 0x09
const SPACE = 0x20
const HASH = 0x23
const DASH = 0x2d
const SMALL_I = 0x69

/**
 * Cuts a stream of YAML into documents as kubectl does (a line that begins with `---`, whatever is around it), and
 * the block list under a top-level `items:` into its members, so that a list of any length is read piece by piece.
 * Source: k8s.io/apimachinery v0.36.2 pkg/util/yaml/decoder.go, YAMLReader.Read.
 */
export class YamlSplitter implements Splitter {
  private buffer: Buffer
  /** File offset of the buffer's first byte. */
  private base: number
  /** Where the line that is looked at begins, in the buffer; and how far its end was looked for. */
  private at = 0
  private searched = 0
  /** The line is endless: its beginning was read, the rest is passed over. */
  private longLine = false
  private line: number

  private docStart = 0
  private docLine: number
  private docOffset: number
  /** What was cut off in front of the buffer: bytes of the shell, in order. */
  private shell: Buffer[] = []
  private shellSize = 0
  /** Where the piece of the shell begins that still stands in the buffer; -1 inside items. */
  private shellStart = 0
  private whole = true
  private tooLarge = false

  private items: 'before' | 'header' | 'inside' | 'done' = 'before'
  private listed = false
  private indent = 0
  private itemStart = 0
  private itemLine = 0
  private itemTooLarge = false

  constructor(
    private readonly sink: PartSink,
    start: { readonly offset: number; readonly line: number } = { offset: 0, line: 1 },
  ) {
    this.buffer = Buffer.alloc(0)
    this.base = start.offset
    this.docOffset = start.offset
    this.line = start.line
    this.docLine = start.line
  }

  push(chunk: Buffer): void {
    this.buffer = this.buffer.length === 0 ? chunk : Buffer.concat([this.buffer, chunk])
    for (;;) {
      const newline = this.buffer.indexOf(LF, this.searched)
      if (newline < 0) break
      if (!this.longLine) this.readLine(newline)
      this.longLine = false
      this.at = newline + 1
      this.searched = this.at
      this.line += 1
    }
    this.searched = this.buffer.length
    this.letGo()
  }

  end(): void {
    if (this.at < this.buffer.length && !this.longLine) this.readLine(this.buffer.length)
    this.at = this.buffer.length
    this.finishDocument()
  }

  private readLine(end: number): void {
    const first = this.at < end ? this.buffer[this.at] : LF
    if (first === DASH && this.isSeparator(end)) return this.separate(end)
    if (this.items === 'inside') {
      // Most lines of a long list are deeper than its dashes.
      if (this.indent === 0 && (first === SPACE || first === LF)) return
      return this.readInside(end)
    }
    if (this.items === 'before' && first === SMALL_I) {
      if (this.isItemsKey(end)) this.items = 'header'
    } else if (this.items === 'header') this.readHeader(end)
  }

  private isSeparator(end: number): boolean {
    const { buffer, at } = this
    if (buffer[at + 1] !== DASH || buffer[at + 2] !== DASH || end - at < 3) return false
    return end - at === 3 || this.isSpace(buffer[at + 3])
  }

  private isSpace(byte: number | undefined): boolean {
    return byte === SPACE || byte === TAB || byte === CR || byte === LF
  }

  private separate(end: number): void {
    this.finishDocument()
    // Text behind the dashes belongs to the document.
    const rest = this.buffer.toString('latin1', this.at + 3, Math.min(end, this.at + 100)).trim()
    const own = rest !== '' && !rest.startsWith('#')
    this.docStart = own ? this.at : Math.min(end + 1, this.buffer.length)
    this.docLine = own ? this.line : this.line + 1
    this.docOffset = this.base + this.docStart
    this.shellStart = this.docStart
    this.shell = []
    this.shellSize = 0
    this.whole = true
    this.tooLarge = false
    this.listed = false
    this.items = 'before'
  }

  private isItemsKey(end: number): boolean {
    if (end - this.at > 200) return false
    return /^items:[ \t\r]*(?:#.*)?$/.test(this.buffer.toString('latin1', this.at, end))
  }

  /** The first line behind `items:` that is neither empty nor a comment decides whether a block list follows. */
  private readHeader(end: number): void {
    const indent = this.indentOf(end)
    const sign = this.buffer[this.at + indent]
    if (this.at + indent >= end || sign === CR || sign === HASH) return
    if (sign !== DASH || !this.isDash(indent, end)) {
      this.items = 'done'
      return
    }
    this.items = 'inside'
    this.listed = true
    this.indent = indent
    this.keepShell(this.shellStart, this.at)
    this.shellStart = -1
    this.beginItem()
  }

  private readInside(end: number): void {
    const indent = this.indentOf(end)
    const sign = this.buffer[this.at + indent]
    if (indent > this.indent || this.at + indent >= end || sign === CR || sign === HASH || sign === TAB)
      return
    if (indent === this.indent && sign === DASH && this.isDash(indent, end)) {
      this.finishItem()
      this.beginItem()
      return
    }
    this.finishItem()
    this.items = 'done'
    this.shellStart = this.at
  }

  private indentOf(end: number): number {
    let indent = 0
    while (this.at + indent < end && this.buffer[this.at + indent] === SPACE) indent += 1
    return indent
  }

  private isDash(indent: number, end: number): boolean {
    const next = this.at + indent + 1
    return next >= end || this.isSpace(this.buffer[next])
  }

  private beginItem(): void {
    this.itemStart = this.at
    this.itemLine = this.line
    this.itemTooLarge = false
  }

  private finishItem(): void {
    if (this.itemTooLarge || this.at - this.itemStart > MAX_PART) {
      this.sink.tooLarge({ line: this.itemLine, column: 1 })
      return
    }
    const bytes = this.buffer.subarray(this.itemStart, this.at)
    this.sink.item({
      format: 'yaml',
      bytes,
      offset: this.base + this.itemStart,
      line: this.itemLine,
      column: 1,
    })
  }

  private finishDocument(): void {
    if (this.items === 'inside') this.finishItem()
    else if (this.shellStart >= 0) this.keepShell(this.shellStart, this.at)
    const place = { offset: this.docOffset, line: this.docLine, column: 1 }
    const length = this.base + this.at - this.docOffset
    const part = (bytes: Buffer): RawPart => ({ format: 'yaml', bytes, ...place })
    if (this.tooLarge) this.sink.tooLarge(place)
    const shell = this.shell.length === 1 ? this.shell[0] : Buffer.concat(this.shell)
    const keepWhole = this.whole && this.listed && length <= MAX_WHOLE
    if (length > 0) {
      this.sink.document({
        format: 'yaml',
        ...place,
        length,
        listed: this.listed,
        ...(this.tooLarge || shell === undefined ? {} : { shell: part(shell) }),
        ...(keepWhole ? { whole: part(this.buffer.subarray(this.docStart, this.at)) } : {}),
      })
    }
    this.shell = []
  }

  private keepShell(from: number, to: number): void {
    this.shellSize += to - from
    if (this.shellSize > MAX_PART) this.tooLarge = true
    if (!this.tooLarge && to > from) this.shell.push(this.buffer.subarray(from, to))
  }

  /** Forgets the bytes that nobody will ask for again. */
  private letGo(): void {
    if (!this.longLine && this.buffer.length - this.at > MAX_PART) this.readLongLine()
    if (this.whole && this.buffer.length - this.docStart > (this.listed ? MAX_WHOLE : MAX_PART)) {
      this.whole = false
    }
    if (this.items === 'inside' && this.at - this.itemStart > MAX_PART) this.itemTooLarge = true
    let from = this.docStart
    if (this.longLine) {
      from = this.buffer.length
      this.at = from
      if (this.shellStart >= 0) this.shellStart = from
    } else if (!this.whole) {
      if (this.shellStart >= 0) {
        this.keepShell(this.shellStart, this.at)
        this.shellStart = this.at
      }
      from = this.items === 'inside' && !this.itemTooLarge ? this.itemStart : this.at
    }
    if (from > 0) this.dropBefore(from)
  }

  private readLongLine(): void {
    this.readLine(this.buffer.length)
    this.longLine = true
    this.whole = false
    if (this.items === 'inside') this.itemTooLarge = true
    else this.tooLarge = true
  }

  private dropBefore(from: number): void {
    // A copy, so that the pieces of the shell do not hold on to the whole chunk.
    if (this.shell.length > 0) this.shell = [Buffer.concat(this.shell)]
    this.buffer = Buffer.from(this.buffer.subarray(from))
    this.base += from
    this.at -= from
    this.searched -= from
    this.docStart -= from
    this.itemStart -= from
    if (this.shellStart >= 0) this.shellStart -= from
  }
}
