import { RE2JS } from 're2js'
import { memberOverload, type CelFunction } from '../functions.js'
import type { MatchPattern } from '../std/texts.js'
import { INT, listOf, STRING } from '../types.js'
import { CelError, type CelResult } from '../values.js'

const MOST_KEPT = 256
const compiled = new Map<string, RE2JS | string>()

/** A compiled pattern, or why it is none. Patterns are those of RE2, which never take more than linear time. */
function compile(pattern: string): RE2JS | string {
  let known = compiled.get(pattern)
  if (known === undefined) {
    try {
      known = RE2JS.compile(pattern)
    } catch (error) {
      known = compileUnnamed(pattern, (error as Error).message)
    }
    if (compiled.size >= MOST_KEPT) compiled.clear()
    compiled.set(pattern, known)
  }
  return known
}

/** Go lets two groups have one name; nobody asks for groups by name here. Source: Go regexp/syntax/parse.go. */
function compileUnnamed(pattern: string, fault: string): RE2JS | string {
  if (!fault.includes('duplicate capture group name')) return fault
  const unnamed = pattern.replace(
    /\\Q.*?(?:\\E|$)|\\.|\[\^?\]?(?:\[:\^?\w+:\]|\\.|[^\]\\])*\]|\(\?P?<\w+>/gs,
    (part) => (part.startsWith('(') ? '(' : part),
  )
  try {
    return RE2JS.compile(unnamed)
  } catch (error) {
    return (error as Error).message
  }
}

/** Whether a pattern is none, and why. */
export function patternFault(pattern: string): string | undefined {
  const expression = compile(pattern)
  return typeof expression === 'string' ? expression : undefined
}

/** Whether a text holds a match. Source: Go regexp.MatchString. */
export const matchPattern: MatchPattern = (text, pattern) => {
  const expression = compile(pattern)
  return typeof expression === 'string' ? { error: expression } : expression.matcher(text).find()
}

function findAll(text: string, pattern: string, limit: bigint): CelResult {
  const expression = compile(pattern)
  if (typeof expression === 'string') return new CelError(`Illegal regex: ${expression}`)
  const found: string[] = []
  const matcher = expression.matcher(text)
  let end = -1
  while ((limit < 0n || BigInt(found.length) < limit) && matcher.find()) {
    // Source: Go regexp.allMatches: an empty match right behind another one does not count.
    if (matcher.end() === matcher.start() && matcher.start() === end) continue
    found.push(matcher.group() ?? '')
    end = matcher.end()
  }
  return found
}

function find(text: string, pattern: string): CelResult {
  const all = findAll(text, pattern, 1n)
  return all instanceof CelError ? all : ((all as readonly string[])[0] ?? '')
}

/** `find` and `findAll`. Source: kubernetes v1.36.2 apiserver pkg/cel/library/regex.go. */
export const REGULAR_EXPRESSIONS: readonly CelFunction[] = [
  {
    name: 'find',
    overloads: [
      memberOverload('string_find_string', [STRING, STRING], STRING, (text, pattern) =>
        find(text as string, pattern as string),
      ),
    ],
  },
  {
    name: 'findAll',
    overloads: [
      memberOverload('string_find_all_string', [STRING, STRING], listOf(STRING), (text, pattern) =>
        findAll(text as string, pattern as string, -1n),
      ),
      memberOverload(
        'string_find_all_string_int',
        [STRING, STRING, INT],
        listOf(STRING),
        (text, pattern, limit) => findAll(text as string, pattern as string, limit as bigint),
      ),
    ],
  },
]
