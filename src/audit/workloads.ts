import type { AuditSettings, WorkloadSubject } from '../checks/index.js'
import {
  containersOf,
  isMirrorPod,
  podTemplatesOf,
  topOwner,
  type ObjectIndex,
  type PodTemplate,
} from '../kube/index.js'
import { identityOf, type Estate, type KubeObject, type ObjectRef } from '../model/index.js'
import { isSpokenFor } from './spoken-for.js'

/**
 * The pod templates that an audit judges: one for each workload. Objects that a controller of this estate owns
 * are left out, since the controller's template says the same (unless they are worse than it); of pods whose controller was not read, the first
 * stands for all. A mirror pod is left out where its manifest was read from the host.
 */
export function workloadsOf(estate: Estate, index: ObjectIndex, settings: AuditSettings): WorkloadSubject[] {
  const staticPods = new Set(
    estate.objects
      .filter((object) => object.source === 'static-pod')
      .map((object) => `${object.ref.namespace}/${object.ref.name}-${object.host ?? ''}`),
  )
  const absentOwners = new Set<string>()
  const subjects: WorkloadSubject[] = []
  for (const object of estate.objects) {
    const templates = podTemplatesOf(object)
    if (templates.length === 0) continue
    if (isMirrorPod(object) && staticPods.has(`${object.ref.namespace}/${object.ref.name}`)) continue
    const owner = ownerToName(object, templates, index, absentOwners)
    if (owner === undefined) continue
    for (const template of templates) {
      subjects.push({ object, owner, template, containers: containersOf(template), index, settings })
    }
  }
  return subjects
}

/** The ref that findings of this object name, or undefined when another object already speaks for it. */
function ownerToName(
  object: KubeObject,
  templates: readonly PodTemplate[],
  index: ObjectIndex,
  absent: Set<string>,
): ObjectRef | undefined {
  // A mirror pod's owner is its Node, which makes no pods: the pod speaks for itself.
  if (isMirrorPod(object)) return object.ref
  const owner = topOwner(object, index)
  if (owner.kind === 'self') return object.ref
  if (owner.kind === 'object') {
    const makesPods = podTemplatesOf(owner.object).length > 0
    return makesPods && isSpokenFor(object, templates, index) ? undefined : object.ref
  }
  const identity = identityOf(owner.ref)
  if (absent.has(identity)) return undefined
  absent.add(identity)
  return owner.ref
}
