import { isUtf8 } from 'node:buffer'
import type { JsonValue, ProblemCode } from '../../model/index.js'
import { MAX_DEPTH, readJson, readYaml, type RawPart, type TextValue } from '../../text/index.js'

/** Keys that stand twice are looked for up to this offset: what is longer was written by a server, not by hand. */
const CHECKED_KEYS = 4 * 1024 * 1024

/** Longer texts that are no JSON are not tried as YAML. */
const MAX_FLOW_YAML = 1024 * 1024

/** The value of a document. What begins like JSON and is none may be a flow mapping of YAML. Never throws. */
export function readPart(part: RawPart): TextValue<JsonValue> {
  if (part.format === 'yaml') return readYamlPart(part)
  const json = readJsonPart(part)
  if (json.value !== undefined || part.bytes.length > MAX_FLOW_YAML) return json
  const yaml = readYamlPart(part)
  return yaml.value === undefined ? json : yaml
}

/** The value of a piece of JSON. Never throws. */
export function readJsonPart(part: RawPart): TextValue<JsonValue> {
  const refusal = refusalOf(part)
  if (refusal !== undefined) return refusal
  const depthKnown = part.depth !== undefined
  return readJson(part.bytes.toString('utf8'), { checkKeys: part.offset < CHECKED_KEYS, depthKnown })
}

/** The value of a piece of YAML; JSON within it is read faster as what it is. Never throws. */
export function readYamlPart(part: RawPart): TextValue<JsonValue> {
  const refusal = refusalOf(part)
  if (refusal !== undefined) return refusal
  const text = part.bytes.toString('utf8')
  if (isOnlyDirectives(text)) return { value: null, problems: [] }
  if (/^\s*[{[]/.test(text.slice(0, 1000))) {
    const json = readJson(text, { checkKeys: true })
    if (json.value !== undefined) return json
  }
  return readYaml(text)
}

function refusalOf(part: RawPart): TextValue<JsonValue> | undefined {
  if (!isUtf8(part.bytes)) return failure('not-text', 'bytes that are not UTF-8: not a text')
  if ((part.depth ?? 0) > MAX_DEPTH) return failure('too-deep', `nests deeper than ${MAX_DEPTH} levels`)
  return undefined
}

function failure(code: ProblemCode, message: string): TextValue<JsonValue> {
  return { problems: [{ code, level: 'error', message, line: 1, column: 1 }] }
}

/** `%YAML 1.1` in front of the first `---` stands in a piece of its own. */
function isOnlyDirectives(text: string): boolean {
  return text.startsWith('%') && text.split('\n').every((line) => /^\s*$|^[%#]/.test(line))
}
