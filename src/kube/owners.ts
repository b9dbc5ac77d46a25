import {
  asList,
  asString,
  field,
  identityOf,
  isObject,
  valueAt,
  type KubeObject,
  type ObjectRef,
} from '../model/index.js'
import type { ObjectIndex } from './object-index.js'

/** The object that controls another one (`controller: true`), as far as it names it. */
export function controllerOf(object: KubeObject): ObjectRef | undefined {
  const owner = asList(valueAt(object.content, ['metadata', 'ownerReferences'])).find(
    (reference) => field(reference, 'controller') === true,
  )
  const apiVersion = asString(field(owner, 'apiVersion'))
  const kind = asString(field(owner, 'kind'))
  const name = asString(field(owner, 'name'))
  if (!isObject(owner) || apiVersion === undefined || kind === undefined || name === undefined)
    return undefined
  const slash = apiVersion.indexOf('/')
  return {
    group: slash < 0 ? '' : apiVersion.slice(0, slash),
    version: apiVersion.slice(slash + 1),
    kind,
    // An owner is in the same namespace or cluster-scoped. Source: kubernetes.io, Owners and Dependents.
    namespace: kind === 'Node' ? '' : object.ref.namespace,
    name,
  }
}

/** Whether a pod only mirrors a static pod of a node. Source: kubernetes v1.36.2 pkg/kubelet/types/pod_update.go. */
export function isMirrorPod(object: KubeObject): boolean {
  const { kind, group } = object.ref
  return kind === 'Pod' && group === '' && annotation(object, 'kubernetes.io/config.mirror') !== undefined
}

function annotation(object: KubeObject, key: string): string | undefined {
  return asString(valueAt(object.content, ['metadata', 'annotations', key]))
}

/** The top of an object's owners. */
export type TopOwner =
  /** Nothing controls it. */
  | { readonly kind: 'self' }
  /** The highest controller that was read. */
  | { readonly kind: 'object'; readonly object: KubeObject }
  /** Its controller was not read: all that is known is its name. */
  | { readonly kind: 'absent'; readonly ref: ObjectRef }

/** Longer than any chain of controllers that is made in earnest; keeps hostile input from taking quadratic time. */
const LONGEST_CHAIN = 32

/**
 * Follows the controllers of an object upwards. Of objects that own each other in a circle one is the top for all of
 * them, so that none can hide behind another; an object at the end of an endless chain speaks for itself.
 */
export function topOwner(object: KubeObject, index: ObjectIndex): TopOwner {
  const way = [object]
  for (let here = object; ;) {
    const ref = controllerOf(here)
    if (ref === undefined) return asOwner(here, object)
    const next =
      index.get(ref.group, ref.kind, ref.namespace, ref.name) ?? index.get(ref.group, ref.kind, '', ref.name)
    if (next === undefined)
      return here === object ? { kind: 'absent', ref } : { kind: 'object', object: here }
    const circle = way.indexOf(next)
    if (circle >= 0) return asOwner(firstByName(way.slice(circle), next), object)
    if (way.push(next) > LONGEST_CHAIN) return { kind: 'self' }
    here = next
  }
}

function asOwner(top: KubeObject, object: KubeObject): TopOwner {
  return top === object ? { kind: 'self' } : { kind: 'object', object: top }
}

function firstByName(objects: readonly KubeObject[], start: KubeObject): KubeObject {
  return objects.reduce((first, each) => (identityOf(each.ref) < identityOf(first.ref) ? each : first), start)
}
