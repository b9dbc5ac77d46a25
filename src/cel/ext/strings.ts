import { globalOverload, memberOverload, type CelFunction } from '../functions.js'
import { DYN, INT, listOf, STRING, type CelType } from '../types.js'
import { CelError, type CelResult, type CelValue } from '../values.js'
import { formatText } from './format.js'

const outOfRange = (index: bigint): CelError => new CelError(`index out of range: ${index}`)

/** Where a part begins, counted in code points from `offset` on; -1 where it does not. */
function indexOf(text: string, part: string, offset: bigint): CelResult {
  if (part === '') return offset
  if (offset < 0n) return outOfRange(offset)
  const signs = Array.from(text)
  if (offset >= BigInt(signs.length)) return -1n
  const head = signs.slice(0, Number(offset)).join('')
  const at = text.indexOf(part, head.length)
  return at < 0 ? -1n : BigInt(Array.from(text.slice(0, at)).length)
}

function lastIndexOf(text: string, part: string, offset?: bigint): CelResult {
  const signs = Array.from(text)
  if (part === '') return offset ?? BigInt(signs.length)
  if (offset === undefined) {
    const at = text.lastIndexOf(part)
    return at < 0 ? -1n : BigInt(Array.from(text.slice(0, at)).length)
  }
  if (offset < 0n) return outOfRange(offset)
  if (offset >= BigInt(signs.length)) return -1n
  const from = signs.slice(0, Number(offset)).join('').length
  const at = text.lastIndexOf(part, from)
  return at < 0 ? -1n : BigInt(Array.from(text.slice(0, at)).length)
}

function charAt(text: string, index: bigint): CelResult {
  const signs = Array.from(text)
  if (index < 0n || index > BigInt(signs.length)) return outOfRange(index)
  return signs[Number(index)] ?? ''
}

function substring(text: string, start: bigint, end?: bigint): CelResult {
  const signs = Array.from(text)
  const length = BigInt(signs.length)
  const stop = end ?? length
  if (end !== undefined && start > end) {
    return new CelError(`invalid substring range. start: ${start}, end: ${end}`)
  }
  if (start < 0n || start > length) return outOfRange(start)
  if (stop < 0n || stop > length) return outOfRange(stop)
  return signs.slice(Number(start), Number(stop)).join('')
}

/** Source: Go strings.Replace: an empty text stands before each sign and at the end; a negative limit is none. */
function replace(text: string, old: string, by: string, limit = -1n): CelResult {
  const most = limit < 0n ? Infinity : Number(limit)
  const parts = old === '' ? ['', ...Array.from(text), ''] : text.split(old)
  if (old === '' && text === '') return most > 0 ? by : ''
  let result = parts[0] ?? ''
  parts.slice(1).forEach((part, index) => {
    // The end marker of an empty pattern is no sign of its own.
    result += (index < most ? by : old) + part
  })
  return result
}

/** Source: Go strings.SplitN. */
function split(text: string, separator: string, limit = -1n): CelResult {
  if (limit === 0n) return []
  const parts = separator === '' ? Array.from(text) : text.split(separator)
  if (limit < 0n || BigInt(parts.length) <= limit) return parts
  const head = parts.slice(0, Number(limit) - 1)
  return [...head, parts.slice(head.length).join(separator)]
}

function join(list: CelValue, separator = ''): CelResult {
  const parts = list as readonly CelValue[]
  const wrong = parts.find((part) => typeof part !== 'string')
  return wrong === undefined ? parts.join(separator) : new CelError('join: invalid input')
}

/** White space as Go's unicode.IsSpace knows it. */
const EDGES =
  /^[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+|[\t\n\v\f\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+$/g

function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (part) => part.toLowerCase())
}

function upper(text: string): string {
  return text.replace(/[a-z]+/g, (part) => part.toUpperCase())
}

const QUOTED: Readonly<Record<string, string>> = {
  '\u0007': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
  '\\': '\\\\',
  '"': '\\"',
}

type Method = readonly [
  id: string,
  more: readonly CelType[],
  result: CelType,
  call: (text: string, ...args: never[]) => CelResult,
]

function methods(name: string, ...list: readonly Method[]): CelFunction {
  return {
    name,
    overloads: list.map(([id, more, result, call]) =>
      memberOverload(id, [STRING, ...more], result, call as unknown as (...args: CelValue[]) => CelResult),
    ),
  }
}

/** Functions on texts. Source: cel-go ext/strings.go, version 2; `format` prints numbers as that version does. */
export const STRINGS: readonly CelFunction[] = [
  methods('charAt', ['string_char_at_int', [INT], STRING, charAt]),
  methods(
    'indexOf',
    ['string_index_of_string', [STRING], INT, (text, part: string) => indexOf(text, part, 0n)],
    ['string_index_of_string_int', [STRING, INT], INT, indexOf],
  ),
  methods(
    'lastIndexOf',
    ['string_last_index_of_string', [STRING], INT, (text, part: string) => lastIndexOf(text, part)],
    ['string_last_index_of_string_int', [STRING, INT], INT, lastIndexOf],
  ),
  {
    name: 'join',
    overloads: [
      memberOverload('list_join', [listOf(STRING)], STRING, (list) => join(list)),
      memberOverload('list_join_string', [listOf(STRING), STRING], STRING, (list, separator) =>
        join(list, separator as string),
      ),
    ],
  },
  methods('lowerAscii', ['string_lower_ascii', [], STRING, lower]),
  methods('upperAscii', ['string_upper_ascii', [], STRING, upper]),
  methods(
    'replace',
    [
      'string_replace_string_string',
      [STRING, STRING],
      STRING,
      (text, old: string, by: string) => replace(text, old, by),
    ],
    ['string_replace_string_string_int', [STRING, STRING, INT], STRING, replace],
  ),
  methods(
    'split',
    ['string_split_string', [STRING], listOf(STRING), (text, separator: string) => split(text, separator)],
    ['string_split_string_int', [STRING, INT], listOf(STRING), split],
  ),
  methods(
    'substring',
    ['string_substring_int', [INT], STRING, (text, start: bigint) => substring(text, start)],
    ['string_substring_int_int', [INT, INT], STRING, substring],
  ),
  methods('trim', ['string_trim', [], STRING, (text) => text.replace(EDGES, '')]),
  methods('format', [
    'string_format',
    [listOf(DYN)],
    STRING,
    (text, args: readonly CelValue[]) => formatText(text, args),
  ]),
  {
    name: 'strings.quote',
    overloads: [
      globalOverload(
        'strings_quote',
        [STRING],
        STRING,
        (text) =>
          `"${(text as string).replace(/\p{Surrogate}/gu, '\ufffd').replace(/["\\\p{Cc}]/gu, (sign: string) => QUOTED[sign] ?? sign)}"`,
      ),
    ],
  },
]

/** What version 3 adds. */
export const STRINGS_3: readonly CelFunction[] = [
  methods('reverse', ['string_reverse', [], STRING, (text) => Array.from(text).reverse().join('')]),
]
