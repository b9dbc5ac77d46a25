import { isObject, type JsonValue } from '../../model/index.js'

/**
 * A JSON merge patch (RFC 7386) as the kubelet applies a drop-in: maps merge, lists are replaced, null removes.
 * Source: gopkg.in/evanphx/json-patch.v4 merge.go, MergePatch.
 */
export function mergePatch(base: JsonValue | undefined, patch: JsonValue): JsonValue {
  if (!isObject(patch)) return patch
  const merged = new Map(isObject(base) ? Object.entries(base) : [])
  for (const [key, value] of Object.entries(patch)) {
    if (value === null || value === undefined) merged.delete(key)
    else merged.set(key, mergePatch(merged.get(key), value))
  }
  return Object.fromEntries(merged)
}
