import type { JsonValue } from '../model/index.js'
import { JsonScanner } from './json-scanner.js'
import { lineOf } from './line-of.js'
import { MAX_DEPTH, type TextProblem, type TextValue } from './text-problem.js'

/** Above this, keys that stand twice are not looked for: it would cost more than reading. */
const LARGEST_CHECKED = 1024 * 1024

/**
 * The value of one JSON document. Never throws. With `checkKeys`, keys that stand twice in one mapping are a warning;
 * the last one counts, as for kubectl.
 */
export function readJson(
  text: string,
  options: { checkKeys?: boolean; depthKnown?: boolean } = {},
): TextValue<JsonValue> {
  let value: JsonValue
  try {
    value = JSON.parse(text) as JsonValue
  } catch {
    return { problems: [syntaxProblem(text)] }
  }
  if (options.depthKnown !== true && deeperThan(value, MAX_DEPTH)) {
    const message = `nests deeper than ${MAX_DEPTH} levels`
    return { problems: [{ code: 'too-deep', level: 'error', message, line: 1, column: 1 }] }
  }
  const check = options.checkKeys === true && text.length <= LARGEST_CHECKED
  return { value, problems: check ? duplicateJsonKeys(text) : [] }
}

/** The place of the first thing that is not JSON; the words of the engine are not used: they quote the text. */
function syntaxProblem(text: string): TextProblem {
  const scanner = new JsonScanner(text)
  const end = scanner.skipValue(0)
  const offset = end < 0 ? -1 - end : scanner.skipSpace(end)
  const message = offset >= text.length ? 'not valid JSON: it ends too early' : 'not valid JSON'
  return { code: 'syntax', level: 'error', message, ...lineOf(text, offset) }
}

function deeperThan(value: JsonValue, limit: number): boolean {
  let level: JsonValue[] = [value]
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true
    const next: JsonValue[] = []
    for (const node of level) {
      if (typeof node !== 'object' || node === null) continue
      if (Array.isArray(node)) {
        for (const child of node) if (typeof child === 'object' && child !== null) next.push(child)
      } else {
        for (const key in node) {
          const child = node[key]
          if (typeof child === 'object' && child !== null) next.push(child)
        }
      }
    }
    level = next
  }
  return false
}

function duplicateJsonKeys(text: string): TextProblem[] {
  const problems: TextProblem[] = []
  // One set of keys for each open mapping; lists stand for nothing.
  const open: (Set<string> | undefined)[] = []
  const tokens = /"(?:[^"\\]|\\.)*"(\s*:)?|[[\]{}]/g
  for (let match = tokens.exec(text); match !== null && problems.length < 20; match = tokens.exec(text)) {
    const token = match[0]
    if (token === '{') open.push(new Set())
    else if (token === '[') open.push(undefined)
    else if (token === '}' || token === ']') open.pop()
    else if (match[1] !== undefined) {
      const literal = token.slice(0, token.lastIndexOf('"') + 1)
      const key = literal.includes('\\') ? (JSON.parse(literal) as string) : literal.slice(1, -1)
      const keys = open.at(-1)
      if (keys?.has(key) === true) {
        const message = `the key \`${key.slice(0, 100)}\` stands twice in one mapping: the last one counts`
        problems.push({ code: 'duplicate-key', level: 'warning', message, ...lineOf(text, match.index) })
      }
      keys?.add(key)
    }
  }
  return problems
}
