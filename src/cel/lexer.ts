import { CelSyntaxError } from './ast.js'
import { readEscapes } from './escapes.js'
import { CelUint, type CelValue } from './values.js'

/** A token; literals carry their value. */
export type Token = { readonly offset: number; readonly end: number } & (
  | { readonly kind: 'ident' | 'escaped' | 'symbol' | 'keyword'; readonly text: string }
  /** `unsigned` and `magnitude` of whole numbers are put together by the parser, which knows the sign. */
  | { readonly kind: 'int'; readonly text: string; readonly magnitude: bigint }
  | { readonly kind: 'literal'; readonly text: string; readonly value: CelValue }
  | { readonly kind: 'end'; readonly text: '' }
)

const KEYWORDS = new Set(['true', 'false', 'null', 'in'])
const SYMBOLS = [
  '==',
  '!=',
  '<=',
  '>=',
  '&&',
  '||',
  '[',
  ']',
  '{',
  '}',
  '(',
  ')',
  '.',
  ',',
  '-',
  '!',
  '?',
  ':',
  '+',
  '*',
  '/',
  '%',
  '<',
  '>',
]
const SPACE = /(?:[\t \r\n\f]|\/\/[^\n]*)*/y
const NUMBER =
  /(?:0x[0-9a-fA-F]+[uU]?|(?:\d+\.\d+(?:[eE][+-]?\d+)?|\d+[eE][+-]?\d+|\.\d+(?:[eE][+-]?\d+)?)|\d+[uU]?)/y
const IDENT = /[A-Za-z_][A-Za-z0-9_]*/y
const ESCAPED = /`([A-Za-z0-9_.\-/ ]+)`/y
const STRING = /([bB]?[rR]?)("""|'''|"|')/y

/** Splits an expression into tokens. Throws CelSyntaxError at what is none. Source: cel-go parser/gen/CEL.g4. */
export function tokenize(text: string): Token[] {
  const tokens: Token[] = []
  let at = 0
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at
    return pattern.exec(text)
  }
  for (;;) {
    at += match(SPACE)?.[0].length ?? 0
    if (at >= text.length) {
      tokens.push({ kind: 'end', text: '', offset: text.length, end: text.length })
      return tokens
    }
    const token = readString() ?? readNumber() ?? readWord() ?? readSymbol()
    if (token === undefined) throw new CelSyntaxError(`token recognition error at: '${text[at] ?? ''}'`, at)
    tokens.push(token)
    at = token.end
  }

  function readString(): Token | undefined {
    const found = match(STRING)
    if (found === null) return undefined
    const [opening, prefix = '', quote = ''] = found
    const start = at + opening.length
    const raw = /[rR]/.test(prefix)
    const end = findEnd(text, start, quote, raw)
    if (end === undefined) throw new CelSyntaxError('the string does not end', at)
    const value = readEscapes(text.slice(start, end), raw, /[bB]/.test(prefix), at)
    return {
      kind: 'literal',
      text: text.slice(at, end + quote.length),
      value,
      offset: at,
      end: end + quote.length,
    }
  }

  function readNumber(): Token | undefined {
    const found = match(NUMBER)?.[0]
    if (found === undefined) return undefined
    const end = at + found.length
    if (/^(?:0x[0-9a-fA-F]+|\d+)$/.test(found)) {
      return { kind: 'int', text: found, magnitude: BigInt(found), offset: at, end }
    }
    if (/[uU]$/.test(found)) {
      const value = BigInt(found.slice(0, -1))
      if (value > 0xffff_ffff_ffff_ffffn) throw new CelSyntaxError('invalid uint literal', at)
      return { kind: 'literal', text: found, value: new CelUint(value), offset: at, end }
    }
    const value = Number(found)
    if (!Number.isFinite(value)) throw new CelSyntaxError('invalid double literal', at)
    return { kind: 'literal', text: found, value, offset: at, end }
  }

  function readWord(): Token | undefined {
    const escaped = match(ESCAPED)
    if (escaped !== null) {
      return { kind: 'escaped', text: escaped[1] ?? '', offset: at, end: at + escaped[0].length }
    }
    const word = match(IDENT)?.[0]
    if (word === undefined) return undefined
    return { kind: KEYWORDS.has(word) ? 'keyword' : 'ident', text: word, offset: at, end: at + word.length }
  }

  function readSymbol(): Token | undefined {
    const symbol = SYMBOLS.find((each) => text.startsWith(each, at))
    return symbol === undefined
      ? undefined
      : { kind: 'symbol', text: symbol, offset: at, end: at + symbol.length }
  }
}

/** Where the closing quote stands; strings with single quotes end on their line. */
function findEnd(text: string, start: number, quote: string, raw: boolean): number | undefined {
  for (let at = start; at < text.length; at++) {
    if (text.startsWith(quote, at)) return at
    const sign = text[at]
    if (sign === '\\' && !raw) at++
    else if (quote.length === 1 && (sign === '\n' || sign === '\r')) return undefined
  }
  return undefined
}
