import { isObject, type JsonObject, type JsonPath, type JsonValue } from '../../model/index.js'
import type { KubeletKnowledge } from './knowledge.js'

/** A setting of KubeletConfiguration: a leaf of its structs; lists and maps are one value. */
export interface ConfigField {
  readonly path: readonly string[]
  /** The path with dots, as settings are named. */
  readonly name: string
  readonly type: string
}

const known = new WeakMap<object, readonly ConfigField[]>()

/** All settings of a version's KubeletConfiguration, without kind and apiVersion. */
export function configFields(types: KubeletKnowledge['types']): readonly ConfigField[] {
  const cached = known.get(types)
  if (cached !== undefined) return cached
  const found = collect(types, 'KubeletConfiguration', [])
  const fields = found.filter((field) => field.name !== 'kind' && field.name !== 'apiVersion')
  known.set(types, fields)
  return fields
}

function collect(types: KubeletKnowledge['types'], struct: string, path: readonly string[]): ConfigField[] {
  return (types[struct] ?? []).flatMap((field) => {
    const here = [...path, field.name]
    const inner = field.type.replace(/^\*/, '')
    if (Object.hasOwn(types, inner)) return collect(types, inner, here)
    return [{ path: here, name: here.join('.'), type: field.type }]
  })
}

/** The value at a path of own keys, or undefined. */
export function getField(config: JsonValue, path: readonly string[]): JsonValue | undefined {
  let here: JsonValue | undefined = config
  for (const step of path) {
    if (!isObject(here) || !Object.hasOwn(here, step)) return undefined
    here = here[step]
  }
  return here
}

/** Puts a value at a path of field names, making the maps above it. */
export function setField(config: JsonObject, path: readonly string[], value: JsonValue): void {
  let here = config
  for (const step of path.slice(0, -1)) {
    const next = Object.hasOwn(here, step) ? here[step] : undefined
    if (isObject(next)) here = next
    else {
      const made: JsonObject = {}
      here[step] = made
      here = made
    }
  }
  const last = path.at(-1)
  if (last !== undefined) here[last] = value
}

/** A copy that shares nothing with the original. */
export function copyOf<T extends JsonValue>(value: T): T {
  return structuredClone(value)
}

/** Whether a path of a document runs through null somewhere: a drop-in that puts the default back. */
export function isReset(document: JsonValue, path: JsonPath): boolean {
  let here: JsonValue | undefined = document
  for (const step of path) {
    if (here === null) return true
    if (!isObject(here) || typeof step !== 'string' || !Object.hasOwn(here, step)) return false
    here = here[step]
  }
  return here === null
}
