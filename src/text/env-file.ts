import { TracedText, type TextPlace } from './traced-text.js'

/** One variable of an environment file; `value` knows the place of each of its signs. */
export interface EnvAssignment {
  readonly name: string
  readonly value: TracedText
  readonly place: TextPlace
}

export interface EnvFile {
  /** In the order of the file; a later one of the same name wins. */
  readonly assignments: readonly EnvAssignment[]
  /** Lines that hold no assignment. */
  readonly ignored: readonly number[]
}

/**
 * Reads a systemd environment file: `NAME=value`, `#` and `;` comments, quotes, backslashes, continued lines. Never
 * throws; lines that are no assignments are named.
 * Source: systemd v257 src/basic/env-file.c, parse_env_file_internal; systemd.exec(5), EnvironmentFile=.
 */
export function parseEnvFile(text: string): EnvFile {
  return new EnvReader(text).read()
}

/** Variable names that systemd takes. Source: systemd v257 src/basic/env-util.c, env_name_is_valid. */
export function isVariableName(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]{0,4095}$/.test(name)
}

class EnvReader {
  private readonly assignments: EnvAssignment[] = []
  private readonly ignored: number[] = []
  private at = 0
  private line = 1
  private lineStart = 0

  constructor(private readonly text: string) {}

  read(): EnvFile {
    while (this.at < this.text.length) this.readLine()
    return { assignments: this.assignments, ignored: this.ignored }
  }

  private get place(): TextPlace {
    return { line: this.line, column: this.at - this.lineStart + 1 }
  }

  private advance(): void {
    if (this.text[this.at] === '\n') {
      this.line += 1
      this.lineStart = this.at + 1
    }
    this.at += 1
  }

  private readLine(): void {
    while (/[ \t\r\n]/.test(this.text[this.at] ?? '')) this.advance()
    const sign = this.text[this.at]
    if (sign === undefined) return
    if (sign === '#' || sign === ';') return this.skipComment()
    const start = this.place
    const from = this.at
    while (this.at < this.text.length && !/[=\n\r]/.test(this.text[this.at] as string)) this.advance()
    const name = this.text.slice(from, this.at).trimEnd()
    if (this.text[this.at] !== '=') {
      this.ignored.push(start.line)
      return
    }
    this.advance()
    const value = this.readValue()
    if (isVariableName(name)) this.assignments.push({ name, value, place: start })
    else this.ignored.push(start.line)
  }

  private skipComment(): void {
    while (this.at < this.text.length && this.text[this.at] !== '\n') this.advance()
  }

  /** Quotes open a quoted piece at the value's begin and right behind another one; elsewhere they are plain signs. */
  private readValue(): TracedText {
    const value = new PieceList()
    let begin = true
    while (this.at < this.text.length) {
      const sign = this.text[this.at] as string
      if (sign === '\n' || sign === '\r') break
      const blank = sign === ' ' || sign === '\t'
      if (begin && blank) this.advance()
      else if (begin && (sign === '"' || sign === "'")) this.quoted(sign, value)
      else {
        begin = false
        if (sign === '\\') this.escape(value)
        else value.add(this.take(), blank)
      }
    }
    // Blanks at the end belong to the value only where a quote closes it.
    return value.trimmed()
  }

  private take(): Piece {
    const piece = { sign: this.text[this.at] as string, place: this.place }
    this.advance()
    return piece
  }

  /** Outside of quotes a backslash takes the next sign as it is, and a line's end away. */
  private escape(value: PieceList): void {
    this.advance()
    if (this.at >= this.text.length) return
    const piece = this.take()
    if (piece.sign !== '\n' && piece.sign !== '\r') value.add(piece, false)
  }

  private quoted(quote: string, value: PieceList): void {
    this.advance()
    while (this.at < this.text.length && this.text[this.at] !== quote) {
      if (quote === '"' && this.text[this.at] === '\\') this.escapeInQuotes(value)
      else value.add(this.take(), false)
    }
    if (this.at < this.text.length) this.advance()
  }

  /** In double quotes a backslash stays, unless it stands before one of a few signs or a line's end. */
  private escapeInQuotes(value: PieceList): void {
    const backslash = this.take()
    const next = this.text[this.at]
    if (next === '\n') this.advance()
    else if (next !== undefined && '"\\`$'.includes(next)) value.add(this.take(), false)
    else value.add(backslash, false)
  }
}

interface Piece {
  readonly sign: string
  readonly place: TextPlace
}

class PieceList {
  private readonly pieces: (Piece & { readonly blank: boolean })[] = []

  add(piece: Piece, blank: boolean): void {
    this.pieces.push({ ...piece, blank })
  }

  trimmed(): TracedText {
    while (this.pieces.at(-1)?.blank === true) this.pieces.pop()
    const text = new TracedText()
    for (const { sign, place } of this.pieces) text.push(sign, place)
    return text
  }
}
