import { loadAll, YAMLException } from 'js-yaml'
import type { JsonValue } from '../model/index.js'
import { aliasTrouble } from './alias-trouble.js'
import { duplicateKeys } from './duplicate-keys.js'
import { lineOf } from './line-of.js'
import { MAX_DEPTH, type TextProblem, type TextValue } from './text-problem.js'
import { goYamlSchema } from './yaml-schema.js'

let customTags: string[] = []
const SCHEMA = goYamlSchema((tag) => {
  if (customTags.length < 100) customTags.push(tag)
})

/** What js-yaml makes of a mapping that is used as a key. */
const MAPPING_AS_KEY = '[object Object]'

/**
 * The first YAML document of a text, with the values that kubectl would see. Never throws.
 * Keys that stand twice are a warning and the last one counts, as for kubectl.
 */
export function readYaml(text: string): TextValue<JsonValue> {
  const problems: TextProblem[] = []
  customTags = []
  let value: unknown
  try {
    value = load(text, problems)
  } catch (error) {
    return { problems: [...problems, problemOf(error, text)] }
  }
  for (const tag of new Set(customTags)) problems.push(customTag(text, tag))
  const refusal = refusalOf(text, value)
  if (refusal !== undefined) return { problems: [...problems, refusal] }
  return { value: compact(text, (value ?? null) as JsonValue), problems }
}

/**
 * The same value in as little memory as it needs: js-yaml's texts are parts of the whole document and keep all of it.
 * Where anchors share parts, they stay shared.
 */
function compact(text: string, value: JsonValue): JsonValue {
  return text.includes('&') && text.includes('*') ? value : (JSON.parse(JSON.stringify(value)) as JsonValue)
}

function load(text: string, problems: TextProblem[]): unknown {
  const options = { schema: SCHEMA, maxDepth: MAX_DEPTH }
  try {
    return loadAll(text, null, options)[0]
  } catch (error) {
    if (!(error instanceof YAMLException) || error.reason !== 'duplicated mapping key') throw error
    customTags = []
    const value = loadAll(text, null, { ...options, json: true })[0]
    problems.push(...duplicateKeys(text, error.mark))
    return value
  }
}

function problemOf(error: unknown, text: string): TextProblem {
  if (!(error instanceof YAMLException)) {
    const tooDeep = error instanceof RangeError
    return {
      code: tooDeep ? 'too-deep' : 'syntax',
      level: 'error',
      message: tooDeep ? 'the document nests too deep' : 'the document cannot be read',
      line: 1,
      column: 1,
    }
  }
  // What ends too early is wrong at its last sign, not on a line behind it.
  const end = text.trimEnd().length
  const place = lineOf(text, Math.min(error.mark?.position ?? 0, end))
  const reason = error.reason
  if (/maxDepth/.test(reason)) {
    return { code: 'too-deep', level: 'error', message: `nests deeper than ${MAX_DEPTH} levels`, ...place }
  }
  if (/maxTotalMergeKeys/.test(reason)) {
    return { code: 'alias-bomb', level: 'error', message: 'too many merged keys', ...place }
  }
  const notText = /null byte|non-printable/.test(reason)
  const message = notText
    ? 'holds control characters: not a text'
    : `not valid YAML: ${withoutQuotes(reason)}`
  return { code: notText ? 'not-text' : 'syntax', level: 'error', message, ...place }
}

/** An alias or tag may be a password that begins with `*` or `!` and was not quoted: it is named by its place alone. */
function withoutQuotes(reason: string): string {
  return reason.replace(/\s*(?:!<)?["'<][^"'>]*["'>]/g, '')
}

function customTag(text: string, tag: string): TextProblem {
  const message = 'a tag that is not of Kubernetes: its value is read as if the tag were not there'
  return { code: 'custom-tag', level: 'warning', message, ...lineOf(text, text.indexOf(tag)) }
}

function refusalOf(text: string, value: unknown): TextProblem | undefined {
  if (text.includes('*') && text.includes('&')) {
    const trouble = aliasTrouble(value)
    if (trouble !== undefined) {
      return { code: 'alias-bomb', level: 'error', message: trouble, line: 1, column: 1 }
    }
  }
  if (/\{\{|\} ?:|\? +[{]/.test(text) && hasKey(value, MAPPING_AS_KEY)) {
    const offset = /\{\{|\} ?:|\? +[{]/.exec(text)?.index ?? 0
    return { code: 'syntax', level: 'error', message: 'a mapping stands as a key', ...lineOf(text, offset) }
  }
  return undefined
}

function hasKey(value: unknown, key: string): boolean {
  const seen = new Set<object>()
  const stack: unknown[] = [value]
  for (let node = stack.pop(); stack.length > 0 || node !== undefined; node = stack.pop()) {
    if (typeof node !== 'object' || node === null || seen.has(node)) continue
    seen.add(node)
    if (Object.hasOwn(node, key)) return true
    for (const child of Object.values(node)) stack.push(child)
  }
  return false
}
