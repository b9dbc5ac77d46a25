import { identityOf, type Estate, type KubeObject } from '../model/index.js'

/** Objects by kind and by identity, in the order in which they were read. */
export interface ObjectIndex {
  /** Every object, in the order in which they were read. */
  readonly all: readonly KubeObject[]
  /** All objects of a group and kind, whatever their version. */
  ofKind(group: string, kind: string): readonly KubeObject[]
  get(group: string, kind: string, namespace: string, name: string): KubeObject | undefined
  /** Whether a source holds a whole cluster, so that what is absent is known to be absent. */
  readonly complete: boolean
  /** Whether a source holds every object of a kind: only then is a missing one known to be missing. */
  holdsAll(group: string, kind: string): boolean
  /** Whether the input stands for a whole cluster because whoever put it together says so, without naming kinds. */
  readonly completeByWord: boolean
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
  const whole = new Set(estate.sources.flatMap((source) => source.kinds ?? []))
  const complete = estate.sources.some((source) => source.complete)
  // A source that says to be complete and names no kinds was put together by hand (a test, a caller of the library).
  const byWord = estate.sources.some((source) => source.complete && source.kinds === undefined)
  return {
    all: estate.objects,
    completeByWord: byWord,
    holdsAll: (group, kind) => {
      const key = `${group}/${kind}`
      return whole.has(key) || (byWord && byKind.has(key))
    },
    ofKind: (group, kind) => byKind.get(`${group}/${kind}`) ?? [],
    get: (group, kind, namespace, name) => byIdentity.get(`${group}/${kind}/${namespace}/${name}`),
    complete,
  }
}
