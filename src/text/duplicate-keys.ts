import { LineCounter, parseDocument } from 'yaml'
import type { TextProblem } from './text-problem.js'

/** Above this only the first double key is named: naming all of them needs the slow parser. */
const LARGEST_TEXT = 512 * 1024
const MAX_NAMED = 20

/** A warning for each key that stands twice in one mapping. `first` is the place of the first, counted from 0. */
export function duplicateKeys(
  text: string,
  first: { readonly line: number; readonly column: number },
): TextProblem[] {
  const places = text.length > LARGEST_TEXT ? [] : allPlaces(text)
  if (places.length === 0) places.push({ line: first.line + 1, column: first.column + 1 })
  return places.slice(0, MAX_NAMED).map((place) => ({
    code: 'duplicate-key',
    level: 'warning',
    message: `${keyAt(text, place)} stands twice in one mapping: the last one counts`,
    ...place,
  }))
}

function allPlaces(text: string): { line: number; column: number }[] {
  const lineCounter = new LineCounter()
  try {
    const document = parseDocument(text, { lineCounter, prettyErrors: false, logLevel: 'silent' })
    return document.errors
      .filter((error) => error.code === 'DUPLICATE_KEY')
      .map((error) => lineCounter.linePos(error.pos[0]))
      .map(({ line, col }) => ({ line, column: col }))
  } catch {
    return []
  }
}

function keyAt(text: string, place: { line: number; column: number }): string {
  let start = 0
  for (let line = 1; line < place.line; line += 1) start = text.indexOf('\n', start) + 1
  const rest = text.slice(start + place.column - 1, start + place.column + 99)
  const key = /^(?:"([^"\n]+)"|'([^'\n]+)'|([^\s:{[,][^:\n]*))/.exec(rest)
  const name = key?.[1] ?? key?.[2] ?? key?.[3]
  return name === undefined ? 'a key' : `the key \`${name}\``
}
