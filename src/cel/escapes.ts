import { CelSyntaxError } from './ast.js'

const SIMPLE: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
  '`': '`',
  '?': '?',
}
const ESCAPE =
  /\\(?:([abfnrtv\\'"`?])|[xX]([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-3][0-7]{2})|)/g

/**
 * The value of a string or bytes literal. In bytes `\x` and octal digits are bytes, in strings code points.
 * Source: cel-go parser/unescape.go.
 */
export function readEscapes(text: string, raw: boolean, bytes: boolean, offset: number): string | Uint8Array {
  const plain = text.replace(/\r\n?/g, '\n')
  if (raw) return bytes ? new TextEncoder().encode(plain) : plain
  return bytes ? readBytes(plain, offset) : readText(plain, offset)
}

function readText(text: string, offset: number): string {
  return text.replace(
    ESCAPE,
    (whole, simple?: string, x?: string, u?: string, U?: string, octal?: string) => {
      if (simple !== undefined) return SIMPLE[simple] ?? simple
      const code = octal === undefined ? parseInt(x ?? u ?? U ?? '', 16) : parseInt(octal, 8)
      if (Number.isNaN(code)) throw new CelSyntaxError(`unable to unescape string at \`${whole}\``, offset)
      if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) {
        throw new CelSyntaxError('invalid unicode code point', offset)
      }
      return String.fromCodePoint(code)
    },
  )
}

function readBytes(text: string, offset: number): Uint8Array {
  const bytes: number[] = []
  const encoder = new TextEncoder()
  let last = 0
  for (const found of text.matchAll(ESCAPE)) {
    bytes.push(...encoder.encode(text.slice(last, found.index)))
    const [whole, simple, x, , , octal] = found
    if (simple !== undefined) bytes.push((SIMPLE[simple] ?? simple).charCodeAt(0))
    else if (x !== undefined) bytes.push(parseInt(x, 16))
    else if (octal !== undefined) bytes.push(parseInt(octal, 8))
    else throw new CelSyntaxError('unable to unescape bytes', offset)
    last = found.index + whole.length
  }
  bytes.push(...encoder.encode(text.slice(last)))
  return Uint8Array.from(bytes)
}
