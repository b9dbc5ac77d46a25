import {
  asStrings,
  formatPath,
  SEVERITIES,
  type Fact,
  type JsonPath,
  type JsonValue,
  type Severity,
} from '../../model/index.js'
import type { ContainerSubject, EvidenceInput, FailOptions, Report } from '../define-check.js'

/** What is wrong with a value: its place (the asked one unless told), what is seen there, and the finding's options. */
export interface ContainerFault extends FailOptions {
  readonly severity: Severity
  readonly seen: string
  readonly at?: JsonPath
  /** Names the evidence where its path holds an index. */
  readonly key?: string
}

/**
 * Asks one field of a container by its path in `docker inspect`. `faults` gives what is wrong with its value, nothing
 * when it is right. Containers that Kubernetes or a tool like kind made are not asked: Docker's user cannot change them.
 */
export function judgeContainer(
  subject: ContainerSubject,
  report: Report,
  path: JsonPath,
  faults: (value: JsonValue) => readonly ContainerFault[] | ContainerFault | undefined,
): void {
  const { container } = subject
  if (container.managedBy !== undefined) return report.notApplicable(container.managedBy)
  const fact: Fact = container.fact(path)
  if (!fact.known) return report.unknown(fact)
  for (const fault of [faults(fact.value) ?? []].flat()) {
    const { seen, at = path, key = formatPath(at), ...options } = fault
    const evidence: EvidenceInput = { origin: container.origin(at), key, message: seen }
    report.fail(evidence, moved(subject, options))
  }
}

/** A stopped container, and one of a daemon without root, is one step less bad. */
function moved(
  subject: ContainerSubject,
  options: FailOptions & { readonly severity: Severity },
): FailOptions {
  const reasons = [
    ...(subject.container.stopped
      ? ['one step lower: it does not run now; it starts with the same rights']
      : []),
    ...(isRootless(subject) ? ['one step lower: its daemon runs without root'] : []),
  ]
  if (reasons.length === 0) return options
  return { ...options, severity: reasons.reduce(lower, options.severity), because: reasons.join('; ') }
}

function lower(severity: Severity): Severity {
  return SEVERITIES[Math.min(SEVERITIES.indexOf(severity) + 1, SEVERITIES.length - 1)] ?? severity
}

/** Whether its daemon was seen to run without root. */
export function isRootless({ daemon, dockerd }: ContainerSubject): boolean {
  return dockerd?.rootless === true || securityOptions(daemon?.content).includes('rootless')
}

/** Names of `SecurityOptions` of `docker info`: `seccomp`, `apparmor`, `userns`, `rootless`, `no-new-privileges`. */
export function securityOptions(
  info: { readonly [key: string]: JsonValue | undefined } | undefined,
): string[] {
  return asStrings(info?.['SecurityOptions']).flatMap((option) => /^name=([\w-]+)/.exec(option)?.[1] ?? [])
}
