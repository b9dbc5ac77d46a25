import {
  asString,
  isObject,
  SEVERITIES,
  unknown,
  valueAt,
  type Edit,
  type Fix,
  type JsonPath,
  type JsonValue,
  type Severity,
} from '../../model/index.js'
import {
  evaluatePodSecurity,
  knownComponent,
  type PodTemplate,
  type Violation,
  type ViolationPlace,
} from '../../kube/index.js'
import type { FailOptions, Report, WorkloadSubject } from '../define-check.js'
import { kubectlPatch } from './kubectl-patch.js'
import { advice } from '../precondition.js'

/** A field that a check reads and its type in the API: relative to the pod's spec, or to each container. */
export interface FieldType {
  readonly of: 'pod' | 'container'
  readonly path: JsonPath
  readonly type: 'boolean' | 'number' | 'string' | 'list'
}

export interface PodQuestion {
  /** Ids of the Pod Security controls that answer it. */
  readonly controls: readonly string[]
  readonly reads: readonly FieldType[]
  readonly severity: Severity
  /** What is wrong at one place, or undefined where another check speaks. */
  readonly judge: (
    place: ViolationPlace,
    subject: WorkloadSubject,
  ) => (FailOptions & { readonly message: string }) | undefined
}

/**
 * Asks the Pod Security controls of the newest policy about a workload and reports each place that breaks them.
 * Wrong types are unknown. Known components of a cluster, and pods that the namespace's own admission refuses, rank
 * lower, and the finding says so.
 */
export function judgePod(subject: WorkloadSubject, report: Report, question: PodQuestion): void {
  for (const detail of wrongTypes(subject, question.reads)) {
    report.unknown(
      unknown('unparsable', detail.text, { kind: 'object', object: subject.object, path: detail.path }),
    )
  }
  for (const { check, places } of violationsOf(subject.template)) {
    if (!question.controls.includes(check)) continue
    for (const place of places) {
      const options = question.judge(place, subject)
      if (options === undefined) continue
      const path = absolute(subject, place.path)
      report.fail(
        { origin: { kind: 'object', object: subject.object, path }, message: options.message },
        { ...options, ...moved(subject, check, options.severity ?? question.severity, options.because) },
      )
    }
  }
}

const cache = new WeakMap<PodTemplate, Violation[]>()

/** What the newest policy says at both levels; a control that restricted overrides is still there for baseline. */
function violationsOf(template: PodTemplate): Violation[] {
  let violations = cache.get(template)
  if (violations === undefined) {
    const baseline = evaluatePodSecurity(template, 'baseline', 'latest')
    const seen = new Set(baseline.map((violation) => violation.check))
    const restricted = evaluatePodSecurity(template, 'restricted', 'latest')
    violations = [...baseline, ...restricted.filter((violation) => !seen.has(violation.check))]
    cache.set(template, violations)
  }
  return violations
}

/** The place of a pod's field in the object that holds the pod. */
export function absolute(subject: WorkloadSubject, path: JsonPath): JsonPath {
  return [...subject.template.specPath.slice(0, -1), ...path]
}

/** Severity after the general movers, with the reason; what a component needs is not to be changed. */
function moved(
  subject: WorkloadSubject,
  control: string,
  severity: Severity,
  because: string | undefined,
): Pick<FailOptions, 'severity' | 'because' | 'fix'> {
  const component = knownComponent(subject.object, subject.template, subject.containers)
  if (component?.controls.includes(control) === true) {
    return {
      severity: 'info',
      because: `expected for this component: ${component.name} needs it to work`,
      fix: advice(`Leave it: ${component.name} needs it. Keep others from making pods in its namespace.`),
    }
  }
  const refused = refusedByAdmission(subject, control)
  if (refused !== undefined) return { severity: lower(severity), because: refused }
  return { severity, ...(because === undefined ? {} : { because }) }
}

/** One step lower; info stays. */
export function lower(severity: Severity): Severity {
  return SEVERITIES[Math.min(SEVERITIES.indexOf(severity) + 1, SEVERITIES.length - 1)] ?? severity
}

/** Whether the namespace's Pod Security labels refuse this pod for this control. */
function refusedByAdmission(subject: WorkloadSubject, control: string): string | undefined {
  const namespace = subject.index.get('', 'Namespace', '', subject.object.ref.namespace)
  const label = (name: string): string | undefined =>
    asString(valueAt(namespace?.content, ['metadata', 'labels', `pod-security.kubernetes.io/${name}`]))
  const level = label('enforce')
  if (level !== 'baseline' && level !== 'restricted') return undefined
  const version = label('enforce-version') ?? 'latest'
  const refused = evaluatePodSecurity(subject.template, level, version).some(
    (violation) => violation.check === control,
  )
  return refused
    ? `one step lower: namespace \`${subject.object.ref.namespace}\` enforces ${level} and refuses such pods`
    : undefined
}

function wrongTypes(
  subject: WorkloadSubject,
  reads: readonly FieldType[],
): { text: string; path: JsonPath }[] {
  return reads.flatMap(({ of, path, type }) => {
    const roots =
      of === 'pod' ? [subject.template.specPath] : subject.containers.map((container) => container.path)
    return roots.flatMap((root) => {
      const fault = wrongStep(subject, root, path, type)
      return fault === undefined ? [] : [fault]
    })
  })
}

function wrongStep(
  subject: WorkloadSubject,
  root: JsonPath,
  path: JsonPath,
  type: FieldType['type'],
): { text: string; path: JsonPath } | undefined {
  for (let length = 1; length <= path.length; length += 1) {
    const here = [...root, ...path.slice(0, length)]
    const value = valueAt(subject.object.content, here)
    if (value === undefined || value === null) return undefined
    const last = length === path.length
    const right = last ? isOfType(value, type) : isObject(value)
    if (!right)
      return {
        path: here,
        text: `\`${String(path[length - 1])}\` should be ${last ? `a ${type}` : 'a mapping'}`,
      }
  }
  return undefined
}

function isOfType(value: JsonValue, type: FieldType['type']): boolean {
  return type === 'list' ? Array.isArray(value) : typeof value === type
}

/** The change of one field of a workload, as an edit of its file and, for a live object, as a kubectl command. */
export function changePod(
  subject: WorkloadSubject,
  op: 'set' | 'remove',
  path: JsonPath,
  value: JsonValue,
  text: string,
  breaks?: string,
): Fix {
  const { object } = subject
  const edit: Edit = {
    file: object.slice.file,
    object: object.ref,
    op,
    path,
    ...(op === 'set' ? { value } : {}),
    ...(object.host === undefined ? {} : { host: object.host }),
  }
  const command = kubectlPatch(object, op, path, value)
  return {
    text,
    edits: [edit],
    commands: command === undefined ? [] : [command],
    risk: 'restart',
    needs: [],
    restart: `the pods of ${object.ref.kind} ${object.ref.name}`,
    ...(breaks === undefined ? {} : { breaks }),
  }
}
