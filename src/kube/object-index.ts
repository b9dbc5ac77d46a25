import { identityOf, type Estate, type KubeObject } from '../model/index.js'

/** Objects by kind and by identity, in the order in which they were read. */
export interface ObjectIndex {
  /** All objects of a group and kind, whatever their version. */
  ofKind(group: string, kind: string): readonly KubeObject[]
  get(group: string, kind: string, namespace: string, name: string): KubeObject | undefined
  /** Whether the sources hold whole lists, so that a missing object is known to be missing. */
  readonly complete: boolean
}

/** Builds the index once for an estate; linear in the number of objects. */
export function indexObjects(estate: Estate): ObjectIndex {
  const byKind = new Map<string, KubeObject[]>()
  const byIdentity = new Map<string, KubeObject>()
  for (const object of estate.objects) {
    const key = `${object.ref.group}/${object.ref.kind}`
    const list = byKind.get(key)
    if (list === undefined) byKind.set(key, [object])
    else list.push(object)
    const identity = identityOf(object.ref)
    if (!byIdentity.has(identity)) byIdentity.set(identity, object)
  }
  return {
    ofKind: (group, kind) => byKind.get(`${group}/${kind}`) ?? [],
    get: (group, kind, namespace, name) => byIdentity.get(`${group}/${kind}/${namespace}/${name}`),
    complete: estate.sources.some((source) => source.complete),
  }
}
