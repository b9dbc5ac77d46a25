import type { JsonObject, JsonValue } from '../../src/model/index.js'

/** One kind of recording: how its cases are answered and compared. */
export interface Corpus {
  readonly name: string
  /** Undefined while the engine does not exist. */
  readonly engine?: {
    /** What Rampart answers to each request of a case, without looking at the expected fields. */
    answer(line: JsonObject, file: string): JsonObject[]
    /** What was recorded, in the same order; undefined where a recording holds no answer. */
    expected(line: JsonObject): (JsonObject | undefined)[]
    equal(answer: JsonObject, expected: JsonObject): boolean
  }
  /** The whole file is one case, with one request a line. */
  readonly oneCase?: true
}

/** Equal as JSON, whatever the order of keys. */
export function sameJson(a: JsonValue | undefined, b: JsonValue | undefined): boolean {
  return canonical(a) === canonical(b)
}

/** JSON text with sorted keys. */
export function canonical(value: JsonValue | undefined): string {
  return JSON.stringify(value, (_key, inner: JsonValue) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}
