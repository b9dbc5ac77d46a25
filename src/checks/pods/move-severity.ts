import { asString, SEVERITIES, valueAt, type Severity } from '../../model/index.js'
import {
  evaluatePodSecurity,
  isMirrorPod,
  knownComponent,
  type KnownComponent,
  type ViolationPlace,
} from '../../kube/index.js'
import type { FailOptions, WorkloadSubject } from '../define-check.js'
import { advice } from '../precondition.js'

/** What a check says of one place after the general movers of severity, with the reason of each. */
export function moved(
  subject: WorkloadSubject,
  control: string,
  place: ViolationPlace,
  options: FailOptions & { readonly severity: Severity },
): FailOptions {
  const component = componentOf(subject)
  if (component?.expects(control, place) === true) {
    return {
      ...options,
      severity: 'info',
      because: `expected for this component: ${component.name} does not work without it`,
      // A patch here would take the cluster down.
      fix: advice(
        `Leave it as it is: ${component.name} needs it. Keep others from making pods in its namespace.`,
      ),
    }
  }
  const ownUsers = subject.template.spec.hostUsers === false && OF_THE_USER.has(control)
  const reasons = [
    ...(ownUsers ? ['one step lower: the pod has a user namespace of its own'] : []),
    ...refusedByAdmission(subject, control),
  ]
  if (reasons.length === 0) return options
  const severity = reasons.reduce(lower, options.severity)
  return { ...options, severity, because: reasons.join('; ') }
}

/**
 * The same for what is not a control: a component of the cluster is as its authors ship it, and advice about that is
 * theirs to take. Undefined where nothing is left to say.
 */
export function movedForComponent(
  subject: WorkloadSubject,
  container: string | undefined,
  options: FailOptions & { readonly severity: Severity },
): FailOptions | undefined {
  const component = componentOf(subject)
  if (component === undefined || (container !== undefined && !component.owns(container))) return options
  if (options.severity === 'info') return undefined
  return {
    ...options,
    severity: 'info',
    because: `expected for this component: ${component.name} is shipped so by its authors`,
    fix: advice(`Leave it as it is, or take it up with the authors of ${component.name}.`),
  }
}

/** Controls whose breach means less where root of the pod is nobody on the node. */
const OF_THE_USER = new Set([
  'runAsNonRoot',
  'runAsUser',
  'capabilities_baseline',
  'procMount',
  'procMount_restricted',
])

/** One step lower; info stays. */
function lower(severity: Severity): Severity {
  return SEVERITIES[Math.min(SEVERITIES.indexOf(severity) + 1, SEVERITIES.length - 1)] ?? severity
}

const components = new WeakMap<WorkloadSubject, { readonly found: KnownComponent | undefined }>()

function componentOf(subject: WorkloadSubject): KnownComponent | undefined {
  let entry = components.get(subject)
  if (entry === undefined) {
    entry = { found: knownComponent(subject.object, subject.template, subject.containers) }
    components.set(subject, entry)
  }
  return entry.found
}

/**
 * Whether the namespace's Pod Security labels refuse this pod for this control. A level that is none counts as
 * restricted. Static pods run whatever admission says.
 * Source: k8s.io/pod-security-admission v0.36.2 api/helpers.go, PolicyToEvaluate.
 */
function refusedByAdmission(subject: WorkloadSubject, control: string): string[] {
  const { object, index, template } = subject
  if (object.source === 'static-pod' || isMirrorPod(object)) return []
  const namespace = index.get('', 'Namespace', '', object.ref.namespace)
  const label = (name: string): string | undefined =>
    asString(valueAt(namespace?.content, ['metadata', 'labels', `pod-security.kubernetes.io/${name}`]))
  const enforced = label('enforce')
  if (enforced === undefined || enforced === 'privileged') return []
  const level = enforced === 'baseline' ? 'baseline' : 'restricted'
  const refused = evaluatePodSecurity(template, level, label('enforce-version') ?? 'latest').some(
    ({ check }) => check === control || STANDS_FOR[check] === control,
  )
  return refused
    ? [`one step lower: namespace \`${object.ref.namespace}\` enforces ${level} and refuses such pods`]
    : []
}

/** Controls of level restricted that refuse what one of baseline refuses. */
const STANDS_FOR: Readonly<Record<string, string>> = {
  capabilities_restricted: 'capabilities_baseline',
  procMount_restricted: 'procMount',
  restrictedVolumes: 'hostPathVolumes',
  seccompProfile_restricted: 'seccompProfile_baseline',
}
