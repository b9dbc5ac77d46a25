import type { KubeObject } from '../model/index.js'
import type { ObjectIndex } from './object-index.js'

/** Whether an object of a kind that was not read is known not to exist. */
export function absenceIsKnown(index: ObjectIndex, group: string, kind: string): boolean {
  return index.completeByWord || index.holdsAll(group, kind)
}

const made = new WeakMap<ObjectIndex, Map<string, ReadonlyMap<string, readonly KubeObject[]>>>()

/** The objects of a kind in one namespace; grouped once for an estate. */
export function inNamespace(
  index: ObjectIndex,
  group: string,
  kind: string,
  namespace: string,
): readonly KubeObject[] {
  const key = `${group}/${kind}`
  const kinds = made.get(index) ?? new Map<string, ReadonlyMap<string, readonly KubeObject[]>>()
  made.set(index, kinds)
  let byNamespace = kinds.get(key)
  if (byNamespace === undefined) {
    byNamespace = grouped(index.ofKind(group, kind))
    kinds.set(key, byNamespace)
  }
  return byNamespace.get(namespace) ?? []
}

function grouped(objects: readonly KubeObject[]): ReadonlyMap<string, readonly KubeObject[]> {
  const groups = new Map<string, KubeObject[]>()
  for (const object of objects) {
    const list = groups.get(object.ref.namespace)
    if (list === undefined) groups.set(object.ref.namespace, [object])
    else list.push(object)
  }
  return groups
}
