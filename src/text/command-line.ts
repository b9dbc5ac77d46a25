/** A word of a command line and the offset of its first sign in the text. */
export interface ShellWord {
  readonly value: string
  readonly offset: number
  /** Whether a shell would replace something in it: `$x`, `$(...)`, backquotes, unquoted globs. */
  readonly expands: boolean
  /** A sign that ends a command: `;`, `&`, `|`, `<`, `>`, a bracket, a newline. */
  readonly operator?: true
}

/**
 * Splits a shell script into words as a POSIX shell does (quotes, backslashes, comments), replacing nothing. An
 * unclosed quote ends with the text. Never throws.
 * Source: POSIX.1-2024 Shell Command Language, 2.2 Quoting and 2.3 Token Recognition.
 */
export function readShellWords(script: string): ShellWord[] {
  return new ShellReader(script, true).read()
}

/** The words of one command line: quotes and backslashes as in a shell, all other signs as they are. */
export function splitCommandLine(line: string): string[] {
  return new ShellReader(line, false).read().map((word) => word.value)
}

class ShellReader {
  private readonly words: ShellWord[] = []
  private at = 0
  private value = ''
  private offset = -1
  private expands = false

  constructor(
    private readonly text: string,
    private readonly script: boolean,
  ) {}

  read(): ShellWord[] {
    while (this.at < this.text.length) this.step(this.text[this.at] as string)
    this.end()
    return this.words
  }

  private step(sign: string): void {
    if (sign === ' ' || sign === '\t' || sign === '\r' || (sign === '\n' && !this.script)) this.blank()
    else if (sign === '\\') this.escape()
    else if (sign === "'") this.single()
    else if (sign === '"') this.double()
    else if (this.script && sign === '$' && this.text[this.at + 1] === '(') this.substitution()
    else if (this.script && /[;&|<>\n()]/.test(sign)) this.operator(sign)
    else if (this.script && sign === '#' && this.offset < 0) this.comment()
    else {
      if (/[$`*?[]/.test(sign)) this.expands = true
      this.take(sign, 1)
    }
  }

  private take(text: string, length: number): void {
    if (this.offset < 0) this.offset = this.at
    this.value += text
    this.at += length
  }

  private end(): void {
    if (this.offset >= 0) this.words.push({ value: this.value, offset: this.offset, expands: this.expands })
    this.value = ''
    this.offset = -1
    this.expands = false
  }

  private blank(): void {
    this.end()
    this.at += 1
  }

  private operator(sign: string): void {
    this.end()
    this.words.push({ value: sign, offset: this.at, expands: false, operator: true })
    this.at += 1
  }

  private comment(): void {
    const newline = this.text.indexOf('\n', this.at)
    this.at = newline < 0 ? this.text.length : newline
  }

  private escape(): void {
    const next = this.text[this.at + 1]
    if (next === '\n') this.at += 2
    else this.take(next ?? '\\', 2)
  }

  private single(): void {
    const close = this.text.indexOf("'", this.at + 1)
    const stop = close < 0 ? this.text.length : close
    this.take(this.text.slice(this.at + 1, stop), stop + 1 - this.at)
  }

  private double(): void {
    this.take('', 1)
    while (this.at < this.text.length) {
      const sign = this.text[this.at] as string
      const next = this.text[this.at + 1]
      if (sign === '"') {
        this.at += 1
        return
      }
      if (sign === '\\' && next !== undefined && /["\\$`\n]/.test(next)) {
        this.take(next === '\n' ? '' : next, 2)
        continue
      }
      if (sign === '$' || sign === '`') this.expands = true
      this.take(sign, 1)
    }
  }

  /** `$(...)` belongs to the word around it; what it gives is not known here. */
  private substitution(): void {
    this.expands = true
    const close = this.text.indexOf(')', this.at)
    const stop = close < 0 ? this.text.length : close + 1
    this.take(this.text.slice(this.at, stop), stop - this.at)
  }
}
