const SPACE = /[ \t\r\n]*/y
const SCALAR = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null/y

/** Walks JSON text without building values. Offsets count UTF-16 units. Iterative: depth costs no stack. */
export class JsonScanner {
  constructor(private readonly text: string) {}

  /** The offset of the next sign that is not white space. */
  skipSpace(offset: number): number {
    SPACE.lastIndex = offset
    SPACE.test(this.text)
    return SPACE.lastIndex
  }

  /** The offset behind the string that begins at `offset`, or -1 - the offset of what is wrong. */
  skipString(offset: number): number {
    const { text } = this
    if (text.charCodeAt(offset) !== QUOTE) return -1 - offset
    for (let at = offset + 1; at < text.length; at += 1) {
      const code = text.charCodeAt(at)
      if (code === QUOTE) return at + 1
      if (code < 0x20) return -1 - at
      if (code !== BACKSLASH) continue
      at += 1
      const escape = text[at] ?? ''
      if (escape === 'u') {
        if (!/^[\da-fA-F]{4}$/.test(text.slice(at + 1, at + 5))) return -1 - at
        at += 4
      } else if (escape === '' || !'"\\/bfnrt'.includes(escape)) return -1 - at
    }
    return -1 - text.length
  }

  /** The offset behind the value that begins at `offset`, or -1 - the offset of the first thing wrong. */
  skipValue(offset: number): number {
    const { text } = this
    const open: number[] = []
    let at = this.skipSpace(offset)
    for (;;) {
      const code = text.charCodeAt(at)
      let opened = false
      if (code === BRACE || code === BRACKET) {
        open.push(code)
        at = this.skipSpace(at + 1)
        opened = true
      } else {
        at = code === QUOTE ? this.skipString(at) : this.skipScalar(at)
        if (at < 0) return at
      }
      // Behind a value: close what ends here, or go on to the next member.
      for (;;) {
        const inside = open.at(-1)
        if (inside === undefined) return at
        at = this.skipSpace(at)
        const end = text.charCodeAt(at)
        if (end === inside + 2) {
          open.pop()
          at += 1
          opened = false
          continue
        }
        if (!opened) {
          if (end !== COMMA) return -1 - at
          at = this.skipSpace(at + 1)
        }
        break
      }
      if (open.at(-1) === BRACE) {
        at = this.skipString(at)
        if (at < 0) return at
        at = this.skipSpace(at)
        if (text.charCodeAt(at) !== COLON) return -1 - at
        at = this.skipSpace(at + 1)
      }
    }
  }

  private skipScalar(offset: number): number {
    SCALAR.lastIndex = offset
    return SCALAR.test(this.text) ? SCALAR.lastIndex : -1 - offset
  }
}

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const BRACKET = 0x5b
const BACKSLASH = 0x5c
const BRACE = 0x7b
