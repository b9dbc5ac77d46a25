import { CelSyntaxError, type Expr, type FieldEntry, type MapEntry } from './ast.js'
import { tokenize, type Token } from './lexer.js'
import { expandMacro, type Macros } from './macros.js'

export interface ParseOptions {
  readonly macros: Macros
  /** `.?`, `[?` and optional entries. */
  readonly optionals: boolean
  /** Fields between backticks. */
  readonly escapedFields: boolean
}

/** Source: cel-go parser/options.go: nesting, and code points of an expression. */
const DEEPEST = 250
const LONGEST = 100_000
const RESERVED = new Set(
  'as break const continue else false for function if import in let loop package namespace null return true var void while'.split(
    ' ',
  ),
)

/** Parses an expression and expands its macros. Throws CelSyntaxError at the first fault. */
export function parse(text: string, options: ParseOptions): Expr {
  if (text.length > LONGEST && Array.from(text).length > LONGEST) {
    throw new CelSyntaxError(
      `expression code point size exceeds limit: size: ${Array.from(text).length}, limit ${LONGEST}`,
      0,
    )
  }
  return new Parser(tokenize(text), options).parse()
}

class Parser {
  private at = 0
  private readonly depths = new Map<string, number>()

  constructor(
    private readonly tokens: readonly Token[],
    private readonly options: ParseOptions,
  ) {}

  parse(): Expr {
    const expr = this.expr()
    if (this.next.kind !== 'end') throw this.unexpected()
    return expr
  }

  private get next(): Token {
    return this.tokens[this.at] as Token
  }

  private unexpected(): CelSyntaxError {
    const { kind, text, offset } = this.next
    return new CelSyntaxError(
      kind === 'end' ? 'unexpected end of the expression' : `unexpected \`${text}\``,
      offset,
    )
  }

  private is(symbol: string): boolean {
    return this.next.kind === 'symbol' && this.next.text === symbol
  }

  private take(symbol: string): boolean {
    if (!this.is(symbol)) return false
    this.at++
    return true
  }

  private expect(symbol: string): void {
    if (!this.take(symbol)) throw this.unexpected()
  }

  /** Counts how deep a rule nests; a chain of one operator nests too. Source: cel-go parser, recursionListener. */
  private nested<T>(rule: string, read: (deeper: () => void) => T): T {
    let added = 0
    const deeper = (): void => {
      added++
      const depth = (this.depths.get(rule) ?? 0) + 1
      this.depths.set(rule, depth)
      if (depth > DEEPEST)
        throw new CelSyntaxError(`expression recursion limit exceeded: ${DEEPEST}`, this.next.offset)
    }
    deeper()
    const result = read(deeper)
    this.depths.set(rule, (this.depths.get(rule) ?? 0) - added)
    return result
  }

  private expr(): Expr {
    return this.nested('expr', () => {
      const condition = this.chain('||', () => this.chain('&&', () => this.relation()))
      const { offset } = this.next
      if (!this.take('?')) return condition
      const whenTrue = this.chain('||', () => this.chain('&&', () => this.relation()))
      this.expect(':')
      return call(offset, '_?_:_', [condition, whenTrue, this.expr()])
    })
  }

  /** Terms of && or || as a balanced tree, so that a long chain is not a deep one. Source: cel-go parser/helper.go. */
  private chain(symbol: '||' | '&&', read: () => Expr): Expr {
    const terms = [read()]
    const offsets: number[] = []
    for (;;) {
      const { offset } = this.next
      if (!this.take(symbol)) break
      offsets.push(offset)
      terms.push(read())
    }
    const balance = (from: number, to: number): Expr => {
      if (from === to) return terms[from] as Expr
      const middle = from + Math.floor((to - from + 1) / 2)
      return call(offsets[middle - 1] ?? 0, `_${symbol}_`, [balance(from, middle - 1), balance(middle, to)])
    }
    return balance(0, terms.length - 1)
  }

  private relation(): Expr {
    return this.nested('relation', (deeper) => {
      let left = this.sum()
      for (;;) {
        const { kind, text, offset } = this.next
        const operator =
          kind === 'keyword' && text === 'in' ? '@in' : RELATIONS.get(kind === 'symbol' ? text : '')
        if (operator === undefined) return left
        this.at++
        deeper()
        left = call(offset, operator, [left, this.sum()])
      }
    })
  }

  private sum(): Expr {
    return this.binary('sum', ['+', '-'], () => this.binary('product', ['*', '/', '%'], () => this.unary()))
  }

  private binary(rule: string, symbols: readonly string[], read: () => Expr): Expr {
    return this.nested(rule, (deeper) => {
      let left = read()
      for (;;) {
        const { kind, text, offset } = this.next
        if (kind !== 'symbol' || !symbols.includes(text)) return left
        this.at++
        deeper()
        left = call(offset, `_${text}_`, [left, read()])
      }
    })
  }

  private unary(): Expr {
    const { kind, text, offset } = this.next
    if (kind !== 'symbol' || (text !== '!' && text !== '-')) return this.member()
    let count = 0
    while (this.take(text)) count++
    // A minus before a number belongs to it: the smallest int has no positive twin.
    if (text === '-' && this.isNumber()) return this.member(count % 2 === 1)
    const operand = this.member()
    return count % 2 === 0 ? operand : call(offset, text === '!' ? '!_' : '-_', [operand])
  }

  private isNumber(): boolean {
    const token = this.next
    return token.kind === 'int' || (token.kind === 'literal' && typeof token.value === 'number')
  }

  private member(negative = false): Expr {
    return this.nested('member', (deeper) => {
      let operand = this.primary(negative)
      for (;;) {
        const { offset } = this.next
        if (this.take('.')) operand = this.afterDot(operand, offset)
        else if (this.take('[')) operand = this.index(operand, offset)
        else return operand
        deeper()
      }
    })
  }

  private afterDot(operand: Expr, offset: number): Expr {
    const optional = this.optionalMark()
    const field = this.next
    if (field.kind !== 'ident' && field.kind !== 'escaped') throw this.unexpected()
    if (field.kind === 'escaped' && !this.options.escapedFields) {
      throw new CelSyntaxError("unsupported syntax: '`'", field.offset)
    }
    this.at++
    if (optional) {
      const name: Expr = { kind: 'literal', value: field.text, offset: field.offset }
      return call(offset, '_?._', [operand, name])
    }
    if (field.kind === 'ident' && this.is('(')) {
      const callAt = this.next.offset
      this.at++
      return this.call(field.text, operand, this.expressions(')'), callAt)
    }
    return { kind: 'select', operand, field: field.text, test: false, offset }
  }

  private index(operand: Expr, offset: number): Expr {
    const optional = this.optionalMark()
    const key = this.expr()
    this.expect(']')
    return call(offset, optional ? '_[?_]' : '_[_]', [operand, key])
  }

  private optionalMark(): boolean {
    const { offset } = this.next
    if (!this.take('?')) return false
    if (!this.options.optionals) throw new CelSyntaxError("unsupported syntax '?'", offset)
    return true
  }

  private call(name: string, target: Expr | undefined, args: Expr[], offset: number): Expr {
    const expanded = expandMacro(this.options.macros, name, target, args, offset)
    return expanded ?? { kind: 'call', name, target, args, offset }
  }

  private primary(negative: boolean): Expr {
    const token = this.next
    const { offset } = token
    switch (token.kind) {
      case 'literal':
        this.at++
        return {
          kind: 'literal',
          value: negative && typeof token.value === 'number' ? -token.value : token.value,
          offset,
        }
      case 'int':
        this.at++
        return { kind: 'literal', value: wholeNumber(token.magnitude, negative, offset), offset }
      case 'keyword':
        if (token.text === 'in') throw this.unexpected()
        this.at++
        return { kind: 'literal', value: token.text === 'null' ? null : token.text === 'true', offset }
      case 'ident':
        return this.named('')
      case 'symbol':
        return this.bracketed(token.text, offset)
      default:
        throw this.unexpected()
    }
  }

  private bracketed(symbol: string, offset: number): Expr {
    this.at++
    switch (symbol) {
      case '(': {
        const inner = this.expr()
        this.expect(')')
        return inner
      }
      case '[':
        return this.list(offset)
      case '{':
        return { kind: 'map', entries: this.mapEntries(), offset }
      case '.':
        if (this.next.kind !== 'ident') throw this.unexpected()
        return this.named('.')
      default:
        this.at--
        throw this.unexpected()
    }
  }

  /** An identifier, a call of a function, or an object with fields. */
  private named(dot: string): Expr {
    const { text, offset } = this.next
    const objectName = this.objectName()
    if (objectName !== undefined) {
      return { kind: 'object', name: `${dot}${objectName}`, fields: this.fieldEntries(), offset }
    }
    this.at++
    if (RESERVED.has(text)) throw new CelSyntaxError(`reserved identifier: ${text}`, offset)
    if (!this.is('(')) return { kind: 'ident', name: `${dot}${text}`, offset }
    const callAt = this.next.offset
    this.at++
    return this.call(`${dot}${text}`, undefined, this.expressions(')'), callAt)
  }

  /** `a.b.C` when a brace follows: then it is an object. Moves past the brace. */
  private objectName(): string | undefined {
    let at = this.at
    const words: string[] = []
    for (;;) {
      const word = this.tokens[at]
      if (word?.kind !== 'ident') return undefined
      words.push(word.text)
      const after = this.tokens[at + 1]
      if (after?.kind !== 'symbol') return undefined
      if (after.text === '{') {
        this.at = at + 2
        return words.join('.')
      }
      if (after.text !== '.') return undefined
      at += 2
    }
  }

  private expressions(end: ')'): Expr[] {
    const list: Expr[] = []
    if (this.take(end)) return list
    do list.push(this.expr())
    while (this.take(','))
    this.expect(end)
    return list
  }

  private list(offset: number): Expr {
    const elements: Expr[] = []
    const optional = new Set<number>()
    while (!this.take(']')) {
      if (this.take(',')) {
        this.expect(']')
        break
      }
      if (this.optionalMark()) optional.add(elements.length)
      elements.push(this.expr())
      if (this.is(']')) continue
      if (!this.is(',')) throw this.unexpected()
      if (this.tokens[this.at + 1]?.text !== ']') this.at++
    }
    return { kind: 'list', elements, optional, offset }
  }

  private mapEntries(): MapEntry[] {
    const entries: MapEntry[] = []
    while (!this.take('}')) {
      if (this.take(',')) {
        this.expect('}')
        break
      }
      const optional = this.optionalMark()
      const key = this.expr()
      this.expect(':')
      entries.push({ key, value: this.expr(), optional })
      this.afterEntry()
    }
    return entries
  }

  private fieldEntries(): FieldEntry[] {
    const fields: FieldEntry[] = []
    while (!this.take('}')) {
      if (this.take(',')) {
        this.expect('}')
        break
      }
      const optional = this.optionalMark()
      const { kind, text, offset } = this.next
      if (kind !== 'ident' && kind !== 'escaped') throw this.unexpected()
      this.at++
      this.expect(':')
      fields.push({ name: text, value: this.expr(), optional, offset })
      this.afterEntry()
    }
    return fields
  }

  /** A comma between entries; one after the last may stand. */
  private afterEntry(): void {
    if (this.is('}')) return
    if (!this.is(',')) throw this.unexpected()
    if (this.tokens[this.at + 1]?.text !== '}') this.at++
  }
}

const RELATIONS = new Map(['<', '<=', '>', '>=', '==', '!='].map((symbol) => [symbol, `_${symbol}_`]))

function call(offset: number, name: string, args: readonly Expr[]): Expr {
  return { kind: 'call', name, target: undefined, args, offset }
}

function wholeNumber(magnitude: bigint, negative: boolean, offset: number): bigint {
  const value = negative ? -magnitude : magnitude
  if (BigInt.asIntN(64, value) !== value) throw new CelSyntaxError('invalid int literal', offset)
  return value
}
