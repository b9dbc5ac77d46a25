/** Characters that act on a terminal or page, or that cannot be seen: controls, format signs, line separators, half pairs. */
const HIDDEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu
const ANY_HIDDEN = new RegExp(HIDDEN.source, 'u')

/**
 * The text with every control, bidirectional and invisible character written out (`\x1b`, `\n`, `\u{202e}`), so
 * that a hostile name can neither move the cursor nor pretend to be another.
 */
export function visible(text: string): string {
  return ANY_HIDDEN.test(text) ? text.replace(HIDDEN, writtenOut) : text
}

/** The same for a line of a file, where tabs are indentation and become two spaces. */
export function visibleLine(line: string): string {
  return visible(line.replaceAll('\t', '  '))
}

/** The same for prose of several lines: the lines, without empty ones at the ends. */
export function visibleLines(text: string): string[] {
  return text
    .split(/\r\n|\n/)
    .map((line) => visibleLine(line).trimEnd())
    .filter((line, index, all) => line !== '' || (index > 0 && index < all.length - 1))
}

function writtenOut(character: string): string {
  if (character === '\n') return '\\n'
  if (character === '\r') return '\\r'
  if (character === '\t') return '\\t'
  const code = character.codePointAt(0) ?? 0
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`
}

/** JSON for people and programs alike: what `visible` writes out stands in it as `\uXXXX`, which a parser gives back. */
export function visibleJson(value: unknown): string {
  return `${JSON.stringify(value, null, 2).replace(HIDDEN, (sign) => (sign === '\n' ? sign : asUnicodeEscape(sign)))}\n`
}

function asUnicodeEscape(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('')
}
