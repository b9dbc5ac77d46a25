import { asList, asObject, asString, field, type JsonObject } from '../../model/index.js'

const LAST_APPLIED = 'kubectl.kubernetes.io/last-applied-configuration'

/** How the copy that `kubectl apply` keeps is named among those who write to an object. */
export const LAST_APPLIED_MANAGER = 'kubectl-last-applied'

/** Many write to an object, few in versions of their own. */
const MOST = 20

/**
 * Who wrote to an object in another version than it has: managers of its fields, and the copy that kubectl leaves in an
 * annotation. Whoever wrote in a version that ends will write in it again. Where the object does not say its own version
 * (members of typed lists), all of them. What was shortened by this before is taken as it is.
 */
export function otherVersions(metadata: JsonObject, apiVersion: string | undefined): JsonObject[] {
  const found = new Map<string, JsonObject>()
  const add = (manager: string, version: string | undefined): void => {
    const key = `${manager} ${version}`
    if (version === undefined || version === apiVersion || found.size >= MOST) return
    if (!found.has(key)) found.set(key, { manager, apiVersion: version })
  }
  for (const each of asList(metadata.managedFields)) {
    add(asString(field(each, 'manager')) ?? '', asString(field(each, 'apiVersion')))
  }
  // kubectl writes keys in order, so the version is the first of them; nothing else of the copy is looked at.
  const copy = asString(asObject(metadata.annotations)[LAST_APPLIED]) ?? ''
  add(
    LAST_APPLIED_MANAGER,
    /^\s{0,10}\{\s{0,10}"apiVersion"\s{0,10}:\s{0,10}"([\w./-]{1,100})"/.exec(copy)?.[1],
  )
  return [...found.values()]
}
