import {
  formatPath,
  stablePath,
  unknown,
  type JsonPath,
  type KubeObject,
  type Severity,
} from '../../model/index.js'
import { pathInObject, type Container } from '../../kube/index.js'
import type { FailOptions, Report, WorkloadSubject } from '../define-check.js'
import { movedForComponent } from './move-severity.js'
import { wrongFields, type FieldType, type WrongField } from './pod-fields.js'
import { reportPatch } from './report-patch.js'

/** What is wrong at one place of a pod. */
export interface PlaceFault extends FailOptions {
  readonly message: string
  /** From the pod, or from the container that is asked about. */
  readonly at: JsonPath
  /** What names the last list member of `at`, where it has no name. */
  readonly named?: string
  /** The container, where the question is not asked of one. */
  readonly container?: string
}

export interface PodAnswer {
  readonly reads: readonly FieldType[]
  readonly severity: Severity
  readonly judge: (subject: WorkloadSubject) => readonly PlaceFault[] | PlaceFault | undefined
}

export interface ContainerAnswer {
  readonly reads: readonly FieldType[]
  readonly severity: Severity
  /** Which containers are asked; all, where it is left out. */
  readonly of?: readonly Container['kind'][]
  readonly judge: (
    container: Container,
    subject: WorkloadSubject,
  ) => readonly PlaceFault[] | PlaceFault | undefined
}

/** Asks about a pod as a whole. Nothing is said of it while a field that the question reads has a wrong type. */
export function askPod(subject: WorkloadSubject, report: Report, answer: PodAnswer): void {
  const wrong = reportWrongFields(subject, report, answer.reads)
  const faults = wrong.length > 0 ? [] : listOf(answer.judge(subject))
  for (const fault of faults) failAt(subject, report, answer.severity, fault)
  finish(subject, report, faults.length > 0)
}

/** Asks about each container. Nothing is said of one that has a field of a wrong type, or where the pod has. */
export function askContainers(subject: WorkloadSubject, report: Report, answer: ContainerAnswer): void {
  const wrong = reportWrongFields(subject, report, answer.reads)
  let failed = false
  for (const container of subject.containers) {
    if (answer.of !== undefined && !answer.of.includes(container.kind)) continue
    if (wrong.some((each) => each.ofPod || isIn(each.path, container.podPath))) continue
    for (const fault of listOf(answer.judge(container, subject))) {
      failed = true
      failAt(subject, report, answer.severity, {
        ...fault,
        container: container.name,
        at: [...container.podPath, ...fault.at],
      })
    }
  }
  finish(subject, report, failed)
}

function finish(subject: WorkloadSubject, report: Report, failed: boolean): void {
  if (!failed && subject.template.patchedBy !== undefined)
    reportPatch(subject, report, subject.template.patchedBy)
}

/** Reports fields that have another type than the API's as unknown, and gives them back. */
function reportWrongFields(
  { object, template }: WorkloadSubject,
  report: Report,
  reads: readonly FieldType[],
): readonly WrongField[] {
  const wrong = wrongFields(template, reads)
  for (const { path, detail } of wrong) {
    report.unknown(
      unknown('unparsable', detail, { kind: 'object', object, path: pathInObject(template, path) }),
    )
  }
  return wrong
}

function failAt(subject: WorkloadSubject, report: Report, severity: Severity, fault: PlaceFault): void {
  const { at, named, container, ...options } = fault
  const said = movedForComponent(subject, container, { ...options, severity: options.severity ?? severity })
  if (said === undefined) return
  const { object, template } = subject
  const path = pathInObject(template, at)
  report.fail(
    {
      origin: { kind: 'object', object, path },
      message: fault.message,
      ...(named === undefined ? {} : { key: namedKey(object, path, named) }),
    },
    said,
  )
}

/** The path with a name in place of its last index, so that a fingerprint outlives other members' coming and going. */
export function namedKey(object: KubeObject, path: JsonPath, named: string): string {
  const index = path.findLastIndex((step) => typeof step === 'number')
  const rest = formatPath(path.slice(index + 1))
  return `${stablePath(object.content, path.slice(0, index))}[${named}]${rest === '' ? '' : `.${rest}`}`
}

function isIn(path: JsonPath, container: JsonPath): boolean {
  return container.every((step, index) => path[index] === step)
}

function listOf(found: readonly PlaceFault[] | PlaceFault | undefined): readonly PlaceFault[] {
  if (found === undefined) return []
  return Array.isArray(found) ? (found as readonly PlaceFault[]) : [found as PlaceFault]
}
