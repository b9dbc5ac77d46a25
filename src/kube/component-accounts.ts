import { asString, field, type KubeObject } from '../model/index.js'
import { knownComponent, type KnownComponent } from './known-components.js'
import type { ObjectIndex } from './object-index.js'
import { controllerOf } from './owners.js'
import { containersOf, makesPods, podTemplatesOf } from './pod-template.js'

/** By namespace and account: what runs under it; undefined for a workload that is no known component. */
type Users = ReadonlyMap<string, readonly (KnownComponent | undefined)[]>

const made = new WeakMap<ObjectIndex, Users>()

/**
 * The component whose account holds a technique of escalation as its authors mean it to: at least one workload runs
 * under the account, every one of them is recognised, and one of them needs the right. An account that anything else
 * uses as well is judged like any other.
 */
export function componentThatHolds(
  index: ObjectIndex,
  account: { readonly namespace: string; readonly name: string },
  technique: string,
): KnownComponent | undefined {
  let users = made.get(index)
  if (users === undefined) made.set(index, (users = usersIn(index)))
  const found = users.get(`${account.namespace}/${account.name}`) ?? []
  return found.includes(undefined) ? undefined : found.find((each) => each?.holds(technique) === true)
}

function usersIn(index: ObjectIndex): Users {
  const users = new Map<string, (KnownComponent | undefined)[]>()
  for (const object of index.all) {
    if (!makesPods(object.ref.group, object.ref.kind) || isMadeByAnother(object, index)) continue
    for (const template of podTemplatesOf(object)) {
      const { spec } = template
      const name = [field(spec, 'serviceAccountName'), field(spec, 'serviceAccount'), 'default'].find(
        (each) => (asString(each) ?? '') !== '',
      )
      const key = `${object.ref.namespace}/${asString(name) ?? ''}`
      const component = knownComponent(object, template, containersOf(template))
      const list = users.get(key)
      if (list === undefined) users.set(key, [component])
      else list.push(component)
    }
  }
  return users
}

/** Pods and ReplicaSets whose maker was read are judged with it. */
function isMadeByAnother(object: KubeObject, index: ObjectIndex): boolean {
  const maker = controllerOf(object)
  return (
    maker !== undefined && index.get(maker.group, maker.kind, object.ref.namespace, maker.name) !== undefined
  )
}
