import { evaluatePodSecurity, podTemplatesOf, type PodTemplate } from '../kube/index.js'
import type { KubeObject } from '../model/index.js'

/** Controls of the newest baseline that each object's templates break; kept while the object is. */
const broken = new WeakMap<KubeObject, ReadonlySet<string>>()

/**
 * Whether what is said of a controller's template holds for an object that names it as its controller. Anybody who may
 * create pods may write that reference: a pod that breaks more of the baseline than the template does speaks for itself.
 */
export function isSpokenFor(templates: readonly PodTemplate[], controller: KubeObject): boolean {
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
