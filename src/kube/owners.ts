import {
  asList,
  asString,
  field,
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

/** Follows the controllers of an object upwards; a circle ends where it began. */
export function topOwner(object: KubeObject, index: ObjectIndex): TopOwner {
  const seen = new Set<KubeObject>([object])
  let here = object
  for (;;) {
    const ref = controllerOf(here)
    if (ref === undefined) return here === object ? { kind: 'self' } : { kind: 'object', object: here }
    const next = index.get(ref.group, ref.kind, ref.namespace, ref.name)
    if (next === undefined)
      return here === object ? { kind: 'absent', ref } : { kind: 'object', object: here }
    if (seen.has(next)) return { kind: 'object', object: here }
    seen.add(next)
    here = next
  }
}
