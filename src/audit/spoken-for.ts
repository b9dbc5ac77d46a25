import {
  controllerOf,
  evaluatePodSecurity,
  podTemplatesOf,
  type ObjectIndex,
  type PodTemplate,
} from '../kube/index.js'
import { valueAt, type KubeObject } from '../model/index.js'

/** Controls of the newest baseline that each object's templates break; kept while the object is. */
const broken = new WeakMap<KubeObject, ReadonlySet<string>>()

/**
 * Whether what is said of a controller's template holds for an object that names it as its controller. Anybody who may
 * create pods may write that reference, and pods of an older template may still run: an object that breaks more of the
 * baseline than its controller's template does speaks for itself. One that runs nothing (scaled to zero) does not.
 */
export function isSpokenFor(
  object: KubeObject,
  templates: readonly PodTemplate[],
  index: ObjectIndex,
): boolean {
  if (valueAt(object.content, ['spec', 'replicas']) === 0) return true
  const ref = controllerOf(object)
  const controller = ref === undefined ? undefined : index.get(ref.group, ref.kind, ref.namespace, ref.name)
  if (controller === undefined) return true
  const allowed = brokenBy(controller)
  return templates.every((template) => controlsBrokenBy(template).every((control) => allowed.has(control)))
}

function brokenBy(controller: KubeObject): ReadonlySet<string> {
  let controls = broken.get(controller)
  if (controls === undefined) {
    controls = new Set(podTemplatesOf(controller).flatMap(controlsBrokenBy))
    broken.set(controller, controls)
  }
  return controls
}

function controlsBrokenBy(template: PodTemplate): string[] {
  return evaluatePodSecurity(template, 'baseline', 'latest').map((violation) => violation.check)
}
