import { isObject, type JsonValue, type KubeObject, type TextSlice } from '../../model/index.js'

/** Where an object of a cluster stands: its own path on the server. The text begins with it. */
export function sliceAt(path: string): TextSlice {
  return { file: path, format: 'json', offset: 0, length: 0, line: 1, column: 1 }
}

/**
 * Gives the objects of a cluster as `kubectl get -o json` prints them, so that lines are the same there: keys in order,
 * four blanks. Made when asked for: few objects ever are.
 */
export function clusterTexts(objects: readonly KubeObject[]): (slice: TextSlice) => string | undefined {
  let bySlice: Map<TextSlice, KubeObject> | undefined
  return (slice) => {
    bySlice ??= new Map(objects.map((object) => [object.slice, object]))
    const object = bySlice.get(slice)
    return object === undefined ? undefined : JSON.stringify(sorted(object.content), null, 4)
  }
}

function sorted(value: JsonValue): JsonValue {
  if (Array.isArray(value)) return value.map(sorted)
  if (!isObject(value)) return value
  const keys = Object.keys(value).sort()
  // By definition, not by assignment: `__proto__` stays a key.
  return Object.fromEntries(keys.map((key) => [key, sorted(value[key] ?? null)]))
}
