import { pieces, textWidth } from './text-width.js'

/**
 * Breaks prose at spaces into lines of at most `width` columns. The first line begins with `first`, the others with
 * as many spaces; a word longer than a line is broken, never cut.
 */
export function wrap(text: string, width: number, first = ''): string[] {
  const indent = ' '.repeat(textWidth(first))
  const room = Math.max(width - indent.length, 10)
  const rows: string[] = []
  let row = ''
  let used = 0
  for (const word of text
    .split(' ')
    .flatMap((long) => (textWidth(long) > room ? pieces(long, room) : [long]))) {
    const columns = textWidth(word)
    if (row !== '' && used + 1 + columns > room) {
      rows.push(row)
      row = word
      used = columns
    } else {
      used += columns + (row === '' ? 0 : 1)
      row = row === '' ? word : `${row} ${word}`
    }
  }
  rows.push(row)
  return rows.map((line, index) => `${index === 0 ? first : indent}${line}`.trimEnd())
}
