import { findEscalations, type Escalation } from '../../access/index.js'
import { clusterMinor, type ObjectIndex } from '../../kube/index.js'
import type { KubeObject } from '../../model/index.js'
import { rbacOf } from './rbac-of-estate.js'

interface Held {
  readonly byBinding: ReadonlyMap<KubeObject, readonly Escalation[]>
  readonly byAccount: ReadonlyMap<string, readonly Escalation[]>
}

const made = new WeakMap<ObjectIndex, Held>()

/** The techniques of escalation that a binding has a part in: every subject of the estate is asked once. */
export function escalationsThrough(binding: KubeObject, index: ObjectIndex): readonly Escalation[] {
  return heldIn(index).byBinding.get(binding) ?? []
}

/** The techniques that a service account holds by bindings that name it. */
export function escalationsOfAccount(
  index: ObjectIndex,
  namespace: string,
  name: string,
): readonly Escalation[] {
  return heldIn(index).byAccount.get(`${namespace}/${name}`) ?? []
}

function heldIn(index: ObjectIndex): Held {
  let held = made.get(index)
  if (held === undefined) made.set(index, (held = collect(index)))
  return held
}

function collect(index: ObjectIndex): Held {
  const minor = clusterMinor(index)
  const byBinding = new Map<KubeObject, Escalation[]>()
  const byAccount = new Map<string, Escalation[]>()
  for (const escalation of findEscalations(rbacOf(index), index, minor === undefined ? {} : { minor })) {
    // Named once, at the first binding that gives a part of it.
    const binding = escalation.grants[0]?.binding
    if (binding !== undefined) add(byBinding, binding, escalation)
    const { kind, namespace, name } = escalation.subject
    if (kind === 'ServiceAccount') add(byAccount, `${namespace}/${name}`, escalation)
  }
  return { byBinding, byAccount }
}

function add<Key>(map: Map<Key, Escalation[]>, key: Key, escalation: Escalation): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [escalation])
  else list.push(escalation)
}
