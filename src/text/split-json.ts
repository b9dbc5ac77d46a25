import {
  MAX_PART,
  MAX_WHOLE,
  type PartSink,
  type RawDocument,
  type RawPart,
  type Splitter,
} from './document-parts.js'
import { YamlSplitter } from './split-yaml.js'

const LF = 0x0a
const CR = 0x0d
const TAB = 0x09
const SPACE = 0x20
const QUOTE = 0x22
const COMMA = 0x2c
const DASH = 0x2d
const COLON = 0x3a
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const OPEN_MAP = 0x7b
const CLOSE_MAP = 0x7d

/** 1 for each byte that means nothing inside nested JSON. */
const PASSED = new Uint8Array(256).fill(1)
for (const byte of [LF, QUOTE, OPEN_LIST, CLOSE_LIST, OPEN_MAP, CLOSE_MAP]) PASSED[byte] = 0

/** Where a piece began: file offset, line, column in bytes. */
interface Start {
  readonly offset: number
  readonly line: number
  readonly column: number
}

/**
 * Cuts a stream of JSON into documents, and the list under a top-level `items` into its members, so that an export of
 * any size is read object by object. Looks at brackets and strings alone: whether a piece is JSON is the parser's
 * question. From a line `---` on, the rest is YAML, as it is for kubectl.
 * Source: k8s.io/apimachinery v0.36.2 pkg/util/yaml/decoder.go, YAMLOrJSONDecoder.Decode.
 */
export class JsonSplitter implements Splitter {
  private buffer: Buffer = Buffer.alloc(0)
  private base = 0
  private at = 0
  private line = 1
  /** File offset of the line's first byte. */
  private lineStart = 0

  private depth = 0
  private inString = false
  private escaped = false
  private stringStart = 0
  private lastIsItems = false
  private keyIsItems = false

  private doc: Start | undefined
  private item: Start | undefined
  /** File offset from which bytes are wanted: of the document, of the shell's open piece, or of the item. */
  private shellFrom = 0
  private shell: Buffer[] = []
  private shellSize = 0
  private insideItems = false
  private listed = false
  private deepest = 0
  private whole = true
  private tooLarge = false
  private itemTooLarge = false
  private garbage = false
  /** Inside of a bare list: its members are documents. */
  private inArray = false
  private ended = false
  private yaml: YamlSplitter | undefined

  constructor(private readonly sink: PartSink) {}

  push(chunk: Buffer): void {
    if (this.yaml !== undefined) return this.yaml.push(chunk)
    this.buffer = this.buffer.length === 0 ? chunk : Buffer.concat([this.buffer, chunk])
    this.scan()
    if (this.yaml === undefined) this.letGo()
  }

  end(): void {
    this.ended = true
    if (this.yaml === undefined) this.scan()
    if (this.yaml !== undefined) return this.yaml.end()
    this.item = undefined
    if (this.doc !== undefined) this.finishDocument({ cut: this.here() })
    else if (this.inArray)
      this.sink.document({ ...this.here(), format: 'json', length: 0, listed: true, cut: this.here() })
  }

  private scan(): void {
    const { buffer } = this
    const { length } = buffer
    while (this.at < length) {
      if (this.inString) {
        if (!this.scanString()) return
        continue
      }
      if (this.depth > 1) this.skipInner()
      const byte = buffer[this.at]
      if (byte === undefined) return
      if (byte === LF) {
        this.line += 1
        this.lineStart = this.base + this.at + 1
        this.garbage = false
      } else if (byte === QUOTE) {
        if (this.depth === 0 && !this.inArray) this.meetGarbage()
        else {
          this.inString = true
          this.stringStart = this.base + this.at + 1
        }
      } else if (byte === OPEN_LIST && this.depth === 0 && !this.inArray) this.inArray = true
      else if (byte === CLOSE_LIST && this.depth === 0 && this.inArray) this.inArray = false
      else if (byte === OPEN_MAP || byte === OPEN_LIST) this.open(byte)
      else if (byte === CLOSE_MAP || byte === CLOSE_LIST) this.close()
      else if (this.depth <= 1) {
        if (this.depth === 0 && !this.inArray) {
          if (byte === DASH && this.at + 3 > length && !this.ended) return
          if (byte === DASH && this.isSeparator()) return this.turnToYaml()
          if (byte !== SPACE && byte !== TAB && byte !== CR && !this.isByteOrderMark(byte)) this.meetGarbage()
        } else if (byte === COLON) this.keyIsItems = this.lastIsItems
        else if (byte === COMMA) this.keyIsItems = false
      }
      this.at += 1
    }
  }

  /**
   * Most of an export is the inside of its objects, where nothing begins or ends but brackets and strings: read with
   * local variables alone. Stops at whatever `scan` has to decide, and at strings that need a closer look.
   */
  private skipInner(): void {
    const { buffer, base } = this
    const { length } = buffer
    let { at, depth, deepest, line, lineStart } = this
    while (at < length) {
      const byte = buffer[at] as number
      if (PASSED[byte] === 1) at += 1
      else if (byte === QUOTE) {
        const end = plainStringEnd(buffer, at)
        if (end < 0) break
        at = end
      } else if (byte === LF) {
        at += 1
        line += 1
        lineStart = base + at
      } else if ((byte === OPEN_MAP || byte === OPEN_LIST) && depth > 2) {
        at += 1
        depth += 1
        if (depth > deepest) deepest = depth
      } else if ((byte === CLOSE_MAP || byte === CLOSE_LIST) && depth > 3) {
        at += 1
        depth -= 1
      } else break
    }
    this.at = at
    this.depth = depth
    this.deepest = deepest
    this.line = line
    this.lineStart = lineStart
  }

  /** Goes to the string's end; false when the buffer ends before it. */
  private scanString(): boolean {
    const { buffer } = this
    const { length } = buffer
    let { at } = this
    if (this.escaped && at < length) {
      at += 1
      this.escaped = false
    }
    while (at < length) {
      const byte = buffer[at]
      if (byte === QUOTE) {
        if (this.depth === 1) this.lastIsItems = this.isItems(at)
        this.inString = false
        this.at = at + 1
        return true
      }
      if (byte === BACKSLASH) {
        if (at + 1 >= length) {
          this.escaped = true
          at += 1
          break
        }
        at += 2
        continue
      }
      if (byte === LF) {
        this.line += 1
        this.lineStart = this.base + at + 1
      }
      at += 1
    }
    this.at = at
    return false
  }

  private isItems(end: number): boolean {
    const start = this.stringStart - this.base
    return end - start === 5 && start >= 0 && this.buffer.toString('latin1', start, end) === 'items'
  }

  private isByteOrderMark(byte: number): boolean {
    return this.base + this.at < 3 && byte >= 0xbb
  }

  private isSeparator(): boolean {
    const { at, base, buffer } = this
    return base + at === this.lineStart && buffer[at + 1] === DASH && buffer[at + 2] === DASH
  }

  private turnToYaml(): void {
    this.yaml = new YamlSplitter(this.sink, { offset: this.base + this.at, line: this.line })
    this.yaml.push(this.buffer.subarray(this.at))
    this.buffer = Buffer.alloc(0)
  }

  private meetGarbage(): void {
    if (!this.garbage)
      this.sink.notJson({ line: this.line, column: this.base + this.at - this.lineStart + 1 })
    this.garbage = true
  }

  private here(): Start {
    const offset = this.base + this.at
    return { offset, line: this.line, column: offset - this.lineStart + 1 }
  }

  private open(byte: number): void {
    if (this.depth === 0) {
      this.doc = this.here()
      this.shellFrom = this.doc.offset
      this.shell = []
      this.shellSize = 0
      this.insideItems = false
      this.listed = false
      this.deepest = 0
      this.whole = true
      this.tooLarge = false
      this.keyIsItems = false
      this.garbage = false
    } else if (this.insideItems && this.depth === 2) {
      this.item = this.here()
      this.itemTooLarge = false
      this.deepest = 2
    }
    this.depth += 1
    if (this.depth > this.deepest) this.deepest = this.depth
    if (this.depth === 2 && byte === OPEN_LIST && this.keyIsItems && !this.listed && !this.inArray) {
      this.insideItems = true
      this.listed = true
      this.keepShell(this.at + 1)
    }
  }

  private close(): void {
    if (this.depth === 0) return this.meetGarbage()
    this.depth -= 1
    if (this.depth === 2 && this.item !== undefined) {
      this.at += 1
      this.finishItem()
      this.at -= 1
    } else if (this.depth === 1 && this.insideItems) {
      this.insideItems = false
      this.shellFrom = this.base + this.at
    } else if (this.depth === 0) {
      this.at += 1
      this.finishDocument()
      this.at -= 1
    }
  }

  private finishItem(): void {
    const start = this.item as Start
    this.item = undefined
    const from = start.offset - this.base
    if (this.itemTooLarge || this.at - from > MAX_PART) return this.sink.tooLarge(start)
    this.sink.item({
      format: 'json',
      bytes: this.buffer.subarray(from, this.at),
      ...start,
      depth: this.deepest - 2,
    })
  }

  private finishDocument(end: Pick<RawDocument, 'cut'> = {}): void {
    const start = this.doc as Start
    this.doc = undefined
    this.depth = 0
    if (!this.insideItems) this.keepShell(this.at)
    const length = this.base + this.at - start.offset
    const part = (bytes: Buffer): RawPart => ({ format: 'json', bytes, ...start, depth: this.deepest })
    const keepWhole = this.whole && this.listed && length <= MAX_WHOLE
    const shell = this.shell.length === 1 ? this.shell[0] : Buffer.concat(this.shell)
    if (this.tooLarge) this.sink.tooLarge(start)
    this.sink.document({
      format: 'json',
      ...start,
      length,
      listed: this.listed,
      ...(this.inArray ? { inArray: true } : {}),
      ...end,
      ...(this.tooLarge || shell === undefined ? {} : { shell: part(shell) }),
      ...(keepWhole ? { whole: part(this.buffer.subarray(start.offset - this.base, this.at)) } : {}),
    })
    this.shell = []
  }

  /** Keeps the shell's bytes up to `to` (in the buffer). */
  private keepShell(to: number): void {
    const from = this.shellFrom - this.base
    this.shellSize += to - from
    if (this.shellSize > MAX_PART) this.tooLarge = true
    if (!this.tooLarge && to > from) this.shell.push(this.buffer.subarray(from, to))
    this.shellFrom = this.base + to
  }

  /** Forgets the bytes that nobody will ask for again. */
  private letGo(): void {
    let from = this.at
    if (this.doc !== undefined) {
      const size = this.base + this.buffer.length - this.doc.offset
      if (this.whole && size > (this.listed ? MAX_WHOLE : MAX_PART)) this.whole = false
      if (this.item !== undefined && this.base + this.at - this.item.offset > MAX_PART)
        this.itemTooLarge = true
      if (this.whole) from = this.doc.offset - this.base
      else {
        if (!this.insideItems) this.keepShell(this.at)
        if (this.item !== undefined && !this.itemTooLarge) from = this.item.offset - this.base
        // A key may be cut between two chunks.
        else if (this.inString && this.depth === 1)
          from = Math.max(0, Math.min(from, this.stringStart - this.base))
      }
      if (this.inString && this.at - from > 2 * MAX_PART) from = this.at
    }
    if (from <= 0) return
    if (this.shell.length > 0) this.shell = [Buffer.concat(this.shell)]
    this.buffer = Buffer.from(this.buffer.subarray(from))
    this.base += from
    this.at -= from
  }
}

/** Behind the string that begins at `start`, or -1 when it holds an escape or a line's end, or is not all there. */
function plainStringEnd(buffer: Buffer, start: number): number {
  const { length } = buffer
  for (let at = start + 1; at < length; at += 1) {
    const byte = buffer[at]
    if (byte === QUOTE) return at + 1
    if (byte === BACKSLASH || byte === LF) return -1
  }
  return -1
}
