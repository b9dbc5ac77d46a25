/** Printable ASCII: by far the most text, and one column a character. */
const PLAIN = /^[\x20-\x7e]*$/
/** Drawn over the character before: no column of its own. */
const COMBINING = /[\p{Mn}\p{Me}]/u
/** Two columns on nearly every terminal. Source: Unicode UAX #11, East Asian Width W and F, by script. */
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u

/** Columns that a text without escapes takes on a terminal. */
export function textWidth(text: string): number {
  if (PLAIN.test(text)) return text.length
  let width = 0
  for (const character of text) width += characterWidth(character)
  return width
}

/** As much of the text as fits, ending in `…` when something was left out. */
export function clip(text: string, width: number): string {
  return textWidth(text) <= width ? text : `${text.slice(0, fitting(text, width - 1))}…`
}

/** The text in pieces that each fit; a character wider than `width` stands alone. One pass, whatever the length. */
export function pieces(text: string, width: number): string[] {
  const parts: string[] = []
  let piece = ''
  let used = 0
  for (const character of text) {
    const columns = characterWidth(character)
    if (piece !== '' && used + columns > width) {
      parts.push(piece)
      piece = ''
      used = 0
    }
    piece += character
    used += columns
  }
  parts.push(piece)
  return parts
}

/** How many UTF-16 units from the start fit into `width` columns. */
function fitting(text: string, width: number): number {
  let used = 0
  let end = 0
  for (const character of text) {
    used += characterWidth(character)
    if (used > width) break
    end += character.length
  }
  return end
}

function characterWidth(character: string): number {
  if (PLAIN.test(character)) return 1
  if (COMBINING.test(character)) return 0
  return WIDE.test(character) ? 2 : 1
}
