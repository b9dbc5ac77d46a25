import { isLabelValue, isQualifiedName } from '../../text/index.js'
import type { SelectorRequirement } from '../attributes.js'

/**
 * The requirements of a label selector as a query writes it (`app in (a,b),!old,tier=web`), by key; undefined where it
 * cannot be parsed. Comparisons of numbers (`>`, `<`) are checked and left out: no authorizer is told of them.
 * Source: kubernetes v1.36.2 apimachinery pkg/labels/selector.go, Parse, and apiserver
 * plugin/pkg/authorizer/webhook/webhook.go, labelSelectorToAuthorizationAPI.
 */
export function parseLabelSelector(selector: string): SelectorRequirement[] | undefined {
  const reader = new TokenReader(tokensOf(selector))
  const found: Parsed[] = []
  while (reader.peek() !== END) {
    const requirement = readRequirement(reader)
    if (requirement === undefined || !isValid(requirement)) return undefined
    found.push(requirement)
    const next = reader.take()
    if (next === END) break
    // A comma announces another requirement.
    if (next !== ',' || (!isWord(reader.peek()) && reader.peek() !== '!')) return undefined
  }
  return found
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .flatMap(({ key, operator, values }) => (operator === 'Number' ? [] : [{ key, operator, values }]))
}

interface Parsed {
  readonly key: string
  readonly operator: SelectorRequirement['operator'] | 'Number'
  readonly values: readonly string[]
}

const END = ''
const SIGNS = new Set(['!=', '==', '=', '!', '(', ')', ',', '<', '>'])
const OPERATORS: Readonly<Record<string, Parsed['operator']>> = {
  in: 'In',
  notin: 'NotIn',
  '=': 'In',
  '==': 'In',
  '!=': 'NotIn',
  '>': 'Number',
  '<': 'Number',
}

/** Words and signs; two signs in a row are one where that is a sign (`!=`, `==`). */
function tokensOf(selector: string): string[] {
  return selector.match(/!=|==|[=!(),<>]|[^=!(),<> \t\r\n]+/g) ?? []
}

class TokenReader {
  private position = 0

  constructor(private readonly tokens: readonly string[]) {}

  peek(): string {
    return this.tokens[this.position] ?? END
  }

  take(): string {
    return this.tokens[this.position++] ?? END
  }
}

function isWord(token: string): boolean {
  return token !== END && !SIGNS.has(token)
}

function readRequirement(reader: TokenReader): Parsed | undefined {
  const absent = reader.peek() === '!'
  if (absent) reader.take()
  const key = reader.take()
  if (!isWord(key)) return undefined
  const next = reader.peek()
  if (next === END || next === ',') return { key, operator: absent ? 'DoesNotExist' : 'Exists', values: [] }
  if (absent) return undefined
  const sign = reader.take()
  const operator = OPERATORS[sign]
  if (operator === undefined) return undefined
  const values = sign === 'in' || sign === 'notin' ? readValues(reader) : readValue(reader)
  return values === undefined ? undefined : { key, operator, values: [...new Set(values)].sort() }
}

function readValue(reader: TokenReader): string[] | undefined {
  const next = reader.peek()
  if (next === END || next === ',') return ['']
  return isWord(next) ? [reader.take()] : undefined
}

/** Between commas a value may be missing: that is the empty one. */
function readValues(reader: TokenReader): string[] | undefined {
  if (reader.take() !== '(') return undefined
  const values: string[] = []
  let last = ','
  for (;;) {
    const token = reader.take()
    if (token === END || (isWord(token) && last !== ',')) return undefined
    if (!isWord(token) && last === ',') values.push('')
    if (token === ')') return values
    if (isWord(token)) values.push(token)
    else if (token !== ',') return undefined
    last = token
  }
}

function isValid({ key, operator, values }: Parsed): boolean {
  if (!isQualifiedName(key) || !values.every(isLabelValue)) return false
  return operator !== 'Number' || values.every(isInt64)
}

function isInt64(text: string): boolean {
  return (
    /^[+-]?\d+$/.test(text) &&
    BigInt.asIntN(64, BigInt(text.replace('+', ''))) === BigInt(text.replace('+', ''))
  )
}
