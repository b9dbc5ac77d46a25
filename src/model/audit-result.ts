import type { AuditPolicy, BaselineUse } from './audit-policy.js'
import type { Counts, Finding } from './finding.js'
import type { SourceSummary } from './estate.js'
import type { ProbeReport } from './probe.js'
import type { Problem } from './problem.js'

/** What an audit says: the only input of every report. Holds no time and no path of the reader's own machine. */
export interface AuditResult {
  readonly rampart: { readonly version: string }
  readonly sources: readonly SourceSummary[]
  /** Failures by severity, then reach, then check and target. */
  readonly findings: readonly Finding[]
  /** Questions that could not be answered, each with its reason. */
  readonly unknowns: readonly Finding[]
  readonly notApplicable: readonly Finding[]
  /** Failures that an exception accepts, ranked as failures are. */
  readonly accepted: readonly Finding[]
  readonly counts: Counts
  /** Input that could not be read. */
  readonly problems: readonly Problem[]
  /** Checks that ran, by id, with how often each result came out. */
  readonly coverage: readonly {
    readonly check: string
    readonly title: string
    readonly pass: number
    readonly fail: number
    readonly unknown: number
    readonly notApplicable: number
    readonly accepted: number
  }[]
  /** What the configuration changed; absent when nothing did. */
  readonly policy?: AuditPolicy
  /** What a baseline took out; absent when none was given. */
  readonly baseline?: BaselineUse
  /** What was asked of each address, and what it answered; set by `rampart probe` alone. */
  readonly probes?: readonly ProbeReport[]
}

/** The last line of a report: `12 findings: 1 critical, 3 high, 5 medium, 3 low; 2 unknown`; accepted ones are added where there are any. */
export function countsLine(counts: Counts): string {
  const total = counts.critical + counts.high + counts.medium + counts.low
  return `${total} findings: ${counts.critical} critical, ${counts.high} high, ${counts.medium} medium, ${counts.low} low; ${counts.unknown} unknown${counts.accepted === 0 ? '' : `; ${counts.accepted} accepted`}`
}
