/** Any value that YAML or JSON can hold. Objects may carry a key named `__proto__`: never copy keys by assignment. */
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject
export interface JsonObject {
  [key: string]: JsonValue | undefined
}

/** Steps from a document's root to a value: object keys and list indexes. */
export type JsonPath = readonly (string | number)[]

/** Whether a value is a mapping (not null, not a list). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Own property of a mapping, or undefined: a key of the prototype is never seen. */
export function field(value: unknown, key: string): JsonValue | undefined {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined
}

/** The value at a path, or undefined where a step is missing or of another type. */
export function valueAt(value: unknown, path: JsonPath): JsonValue | undefined {
  let here: unknown = value
  for (const step of path) {
    if (typeof step === 'number') here = Array.isArray(here) ? here[step] : undefined
    else here = field(here, step)
    if (here === undefined) return undefined
  }
  return here as JsonValue
}

/** A string, or undefined for every other type. */
export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** A boolean, or undefined for every other type. */
export function asBoolean(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}

/** A finite number, or undefined for every other type. */
export function asNumber(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

/** A mapping, or an empty one for every other type. */
export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {}
}

/** A list, or an empty one for every other type. */
export function asList(value: unknown): JsonValue[] {
  return Array.isArray(value) ? (value as JsonValue[]) : []
}

/** The strings of a list; members of other types are left out. */
export function asStrings(value: unknown): string[] {
  return asList(value).filter((item): item is string => typeof item === 'string')
}

/** A value in one line of text: strings as they are, everything else as JSON. */
export function inWords(value: JsonValue | undefined): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}

/** A path as people write it: `spec.containers[0].image`, keys with other signs in brackets and quotes. */
export function formatPath(path: JsonPath): string {
  let text = ''
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`
    else if (/^[A-Za-z_][\w-]*$/.test(step)) text += text === '' ? step : `.${step}`
    else text += `[${JSON.stringify(step)}]`
  }
  return text
}
