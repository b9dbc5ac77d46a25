import { field, isObject, type KubeObject } from '../../model/index.js'
import { selectorMatches } from '../label-selector.js'
import type { ObjectIndex } from '../object-index.js'
import { readPolicy, type NetworkPolicy } from './read-policy.js'

/** NetworkPolicies by namespace and by the labels that they ask for. */
export interface PolicySet {
  inNamespace(namespace: string): readonly NetworkPolicy[]
  /** Those that select a pod with these labels. */
  selecting(namespace: string, labels: unknown): NetworkPolicy[]
}

interface OfNamespace {
  readonly all: NetworkPolicy[]
  /** By one pair of matchLabels; policies without any are looked at for every pod. */
  readonly byPair: Map<string, NetworkPolicy[]>
  readonly rest: NetworkPolicy[]
}

/** Reads policies once; asking about a pod looks only at those that may select it. */
export function policySet(objects: readonly KubeObject[]): PolicySet {
  const namespaces = new Map<string, OfNamespace>()
  for (const object of objects) {
    const here = namespaces.get(object.ref.namespace) ?? { all: [], byPair: new Map(), rest: [] }
    namespaces.set(object.ref.namespace, here)
    add(here, readPolicy(object))
  }
  return {
    inNamespace: (namespace) => namespaces.get(namespace)?.all ?? [],
    selecting(namespace, labels) {
      const here = namespaces.get(namespace)
      if (here === undefined) return []
      const pairs = isObject(labels) ? Object.entries(labels) : []
      const candidates = pairs.flatMap(([key, value]) => here.byPair.get(pair(key, value)) ?? [])
      return [...here.rest, ...candidates].filter(({ selector }) => selectorMatches(selector, labels))
    },
  }
}

const made = new WeakMap<ObjectIndex, PolicySet>()

/** The NetworkPolicies of an estate; read once. */
export function networkPoliciesOf(index: ObjectIndex): PolicySet {
  let set = made.get(index)
  if (set === undefined) {
    set = policySet([
      ...index.ofKind('networking.k8s.io', 'NetworkPolicy'),
      ...index.ofKind('extensions', 'NetworkPolicy'),
    ])
    made.set(index, set)
  }
  return set
}

function add({ all, byPair, rest }: OfNamespace, policy: NetworkPolicy): void {
  all.push(policy)
  const exact = field(policy.selector, 'matchLabels')
  const first = isObject(exact) ? Object.entries(exact)[0] : undefined
  if (first === undefined) {
    rest.push(policy)
    return
  }
  const key = pair(...first)
  const list = byPair.get(key)
  if (list === undefined) byPair.set(key, [policy])
  else list.push(policy)
}

function pair(key: string, value: unknown): string {
  return `${key}=${String(value)}`
}
