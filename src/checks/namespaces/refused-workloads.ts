import {
  containersOf,
  evaluatePodSecurity,
  knownComponent,
  workloadsIn,
  type ObjectIndex,
  type PodSecurityLevel,
} from '../../kube/index.js'
import type { KubeObject } from '../../model/index.js'

/** A workload whose pods a level would refuse. */
export interface RefusedWorkload {
  readonly object: KubeObject
  /** Ids of the Pod Security controls that it breaks. */
  readonly controls: readonly string[]
  /** Name of the component that breaks them because it must; undefined for all others. */
  readonly component: string | undefined
}

/** The workloads of a namespace that Pod Security would refuse at a level, in the order in which they were read. */
export function refusedAt(
  index: ObjectIndex,
  namespace: string,
  level: PodSecurityLevel,
  version = 'latest',
): RefusedWorkload[] {
  if (level === 'privileged') return []
  return workloadsIn(index, namespace).flatMap(({ object, template }) => {
    const violations = evaluatePodSecurity(template, level, version)
    if (violations.length === 0) return []
    const component = knownComponent(object, template, containersOf(template))
    const needed =
      component !== undefined &&
      violations.every(({ check, places }) => places.every((place) => component.expects(check, place)))
    const controls = violations.map(({ check }) => check)
    return [{ object, controls, component: needed ? component.name : undefined }]
  })
}

/** `Deployment web (privileged, hostPorts), DaemonSet agent (hostPathVolumes) and 3 more`. */
export function listRefused(refused: readonly RefusedWorkload[]): string {
  const named = refused.map(
    ({ object, controls }) => `${object.ref.kind} ${object.ref.name} (${controls.join(', ')})`,
  )
  const rest = named.length - MOST_LISTED
  return `${named.slice(0, MOST_LISTED).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}

const MOST_LISTED = 10
