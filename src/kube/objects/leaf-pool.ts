import type { JsonObject, JsonValue } from '../../model/index.js'

/** Equal leaves stand near one another (pods of one workload), so a small pool finds most of them. */
const MAX_POOL = 20_000
const LONGEST_KEY = 300

/**
 * Lets equal mappings without inner mappings or lists (probes' targets, labels, resources) be one in memory. In a
 * cluster's export that saves a quarter. Objects are never changed after reading, so that nobody can tell.
 */
export class LeafPool {
  private readonly leaves = new Map<string, JsonObject>()

  /** As `share`, for the parts of a Kubernetes object: what its status says of times and ids no other object says. */
  shareParts(object: JsonObject): JsonObject {
    for (const name in object) {
      const value = object[name]
      if (name === 'status' || typeof value !== 'object' || value === null) continue
      const shared = this.share(value)
      if (shared !== value) object[name] = shared
    }
    return object
  }

  /** Replaces leaves inside of the value, in place, and gives the value, or the leaf that stands for it. */
  share<T extends JsonValue>(value: T): T {
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index += 1) {
        const item = value[index]
        if (typeof item === 'object' && item !== null) value[index] = this.share(item)
      }
      return value
    }
    return typeof value === 'object' && value !== null ? (this.shareObject(value) as T) : value
  }

  private shareObject(object: JsonObject): JsonObject {
    // Lengths in front make the key unambiguous, whatever the texts hold.
    let key: string | undefined = ''
    for (const name in object) {
      const value = object[name]
      if (typeof value === 'object' && value !== null) {
        key = undefined
        const shared = this.share(value)
        if (shared !== value) object[name] = shared
      } else if (key !== undefined) {
        const text = String(value)
        key += `${name.length}:${name}${typeof value}${text.length}:${text}`
      }
    }
    if (key === undefined || key.length > LONGEST_KEY) return object
    const known = this.leaves.get(key)
    if (known !== undefined) return known
    if (this.leaves.size >= MAX_POOL) this.leaves.clear()
    this.leaves.set(key, object)
    return object
  }
}
