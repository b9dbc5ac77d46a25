import { unknown, type Severity } from '../../model/index.js'
import {
  evaluatePodSecurity,
  pathInObject,
  type PodTemplate,
  type Violation,
  type ViolationPlace,
} from '../../kube/index.js'
import type { FailOptions, Report, WorkloadSubject } from '../define-check.js'
import { namedKey } from './ask-pod.js'
import { moved } from './move-severity.js'
import { reportPatch } from './report-patch.js'
import { isDoubtful, wrongFields, type FieldType } from './pod-fields.js'

/** What a check says of one place. */
export interface PodFault extends FailOptions {
  readonly message: string
  /** What names the last list member of the place's path, where it has no name: `add[SYS_ADMIN]`. */
  readonly named?: string
}

export interface PodQuestion {
  /** Ids of the Pod Security controls that answer it. */
  readonly controls: readonly string[]
  readonly reads: readonly FieldType[]
  readonly severity: Severity
  /** What is wrong at one place, or undefined where another check speaks. */
  readonly judge: (place: ViolationPlace, subject: WorkloadSubject, control: string) => PodFault | undefined
}

/**
 * Asks the Pod Security controls of the newest policy about a workload and reports each place that breaks them.
 * Wrong types are unknown, never a fault. Known components of a cluster, and pods that the namespace's own admission
 * refuses, rank lower, and the finding says so.
 */
export function judgePod(subject: WorkloadSubject, report: Report, question: PodQuestion): void {
  const { object, template } = subject
  const wrong = wrongFields(template, question.reads)
  for (const { path, detail } of wrong) {
    report.unknown(
      unknown('unparsable', detail, { kind: 'object', object, path: pathInObject(template, path) }),
    )
  }
  let failed = false
  for (const { check, places } of violationsOf(template)) {
    if (!question.controls.includes(check)) continue
    for (const place of places) {
      const fault = isDoubtful(place, wrong) ? undefined : question.judge(place, subject, check)
      if (fault === undefined) continue
      failed = true
      const { named, ...options } = fault
      const path = pathInObject(template, place.path)
      report.fail(
        {
          origin: { kind: 'object', object, path },
          message: fault.message,
          ...(named === undefined ? {} : { key: namedKey(object, path, named) }),
        },
        moved(subject, check, place, { ...options, severity: options.severity ?? question.severity }),
      )
    }
  }
  if (!failed && template.patchedBy !== undefined) reportPatch(subject, report, template.patchedBy)
}

const cache = new WeakMap<PodTemplate, Violation[]>()

/**
 * The controls of root, which from 1.35 let off pods with a user namespace of their own. Not every runtime gives them
 * one, so they are judged all the same, one step lower.
 */
function asRoot(template: PodTemplate): Violation[] {
  return evaluatePodSecurity(template, 'restricted', 'v1.34').filter(
    ({ check }) => check === 'runAsNonRoot' || check === 'runAsUser',
  )
}

/** What the newest policy says at both levels; a control that restricted overrides is still there for baseline. */
function violationsOf(template: PodTemplate): Violation[] {
  let violations = cache.get(template)
  if (violations === undefined) {
    const baseline = evaluatePodSecurity(template, 'baseline', 'latest')
    const seen = new Set(baseline.map((violation) => violation.check))
    const restricted = evaluatePodSecurity(template, 'restricted', 'latest')
    const rooted = template.spec.hostUsers === false ? asRoot(template) : []
    violations = [...baseline, ...restricted.filter((violation) => !seen.has(violation.check)), ...rooted]
    cache.set(template, violations)
  }
  return violations
}
