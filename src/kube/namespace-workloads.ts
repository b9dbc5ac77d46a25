import { identityOf, type KubeObject } from '../model/index.js'
import type { ObjectIndex } from './object-index.js'
import { controllerOf, isMirrorPod } from './owners.js'
import { podTemplatesOf, type PodTemplate } from './pod-template.js'

/** What starts pods in a namespace: the controller, not each of its pods. */
export interface NamespaceWorkload {
  readonly object: KubeObject
  readonly template: PodTemplate
}

const made = new WeakMap<ObjectIndex, ReadonlyMap<string, readonly NamespaceWorkload[]>>()

/**
 * The pod templates of a namespace, each once: objects whose controller was read are left out, of pods with the same
 * unread controller the first stands for all. Static pods and their mirrors pass no admission and are left out.
 */
export function workloadsIn(index: ObjectIndex, namespace: string): readonly NamespaceWorkload[] {
  let known = made.get(index)
  if (known === undefined) made.set(index, (known = collect(index)))
  return known.get(namespace) ?? []
}

function collect(index: ObjectIndex): Map<string, NamespaceWorkload[]> {
  const byNamespace = new Map<string, NamespaceWorkload[]>()
  const unread = new Set<string>()
  for (const object of index.all) {
    if (object.source === 'static-pod' || isMirrorPod(object)) continue
    const templates = podTemplatesOf(object)
    if (templates.length === 0 || isSpokenFor(object, index, unread)) continue
    const list = byNamespace.get(object.ref.namespace) ?? []
    if (list.length === 0) byNamespace.set(object.ref.namespace, list)
    for (const template of templates) list.push({ object, template })
  }
  return byNamespace
}

function isSpokenFor(object: KubeObject, index: ObjectIndex, unread: Set<string>): boolean {
  const ref = controllerOf(object)
  if (ref === undefined) return false
  if (index.get(ref.group, ref.kind, ref.namespace, ref.name) !== undefined) return true
  const identity = identityOf(ref)
  if (unread.has(identity)) return true
  unread.add(identity)
  return false
}
