import type { JsonPath } from '../model/index.js'
import { JsonScanner } from './json-scanner.js'
import { lineOf, type LineColumn } from './line-of.js'

/** See `locate`. Reads no further than the value; only the path's own mappings and lists are looked at. */
export function locateJson(text: string, path: JsonPath): LineColumn | undefined {
  const scanner = new JsonScanner(text)
  let value = scanner.skipSpace(text.startsWith('\uFEFF') ? 1 : 0)
  if (value >= text.length) return undefined
  let shown = value
  for (const step of path) {
    const found = memberAt(scanner, text, value, step)
    if (found === undefined) break
    value = found.value
    shown = /[{[]/.test(text[value] ?? '') ? found.start : value
  }
  return lineOf(text, shown)
}

function memberAt(
  scanner: JsonScanner,
  text: string,
  offset: number,
  step: string | number,
): { start: number; value: number } | undefined {
  if ((typeof step === 'number') !== (text[offset] === '[')) return undefined
  let found: { start: number; value: number } | undefined
  let index = 0
  for (const member of scanner.members(offset)) {
    if (index === step) return member
    index += 1
    // The last of two equal keys is the one that counts.
    if (member.key !== undefined && member.key === step) found = member
  }
  return found
}
