import type { Acceptance } from './audit-policy.js'
import type { ObjectRef } from './object.js'
import type { Fix } from './fix.js'
import type { UnknownReason } from './origin.js'

/** From worst to least; `info` is advice and never fails a gate. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const
export type Severity = (typeof SEVERITIES)[number]

/** Who can use a fault, from farthest to nearest. */
export const REACHES = ['unauthenticated', 'pod', 'user', 'host'] as const
export type Reach = (typeof REACHES)[number]

/** Lines of a source around the evidence; secrets are masked before they get here. */
export interface Snippet {
  readonly startLine: number
  readonly lines: readonly string[]
  /** The line that the evidence is about. */
  readonly focusLine: number
}

/** One place that shows a finding. */
export interface Evidence {
  /** Identity of the place that survives reordering: a JSON path with names, a flag, a file. */
  readonly key: string
  /** What is seen there, one line. */
  readonly message: string
  readonly file?: string
  readonly host?: string
  readonly line?: number
  readonly column?: number
  readonly object?: ObjectRef
  /** JSON path inside the object or document. */
  readonly path?: string
  readonly process?: { readonly pid?: number; readonly component: string; readonly argIndex: number }
  readonly snippet?: Snippet
  /** Hash of check, target and this place alone: what baselines know. Failures and accepted ones have it. */
  readonly fingerprint?: string
}

/** What a finding is about. */
export type Target =
  | { readonly kind: 'object'; readonly object: ObjectRef }
  | { readonly kind: 'component'; readonly component: string; readonly host: string }
  | { readonly kind: 'host'; readonly host: string }
  | { readonly kind: 'estate' }

/** One answer of a check that is not a pass. */
export interface Finding {
  readonly check: string
  /** accepted: it fails, and an exception says that this may be. */
  readonly result: 'fail' | 'unknown' | 'notApplicable' | 'accepted'
  readonly title: string
  readonly severity: Severity
  /** The check's own, where the configuration set another severity. */
  readonly ownSeverity?: Severity
  /** Why it has this severity here. */
  readonly because: string
  readonly reach: Reach
  readonly target: Target
  /** What is wrong here, one sentence; for unknown, what is missing. */
  readonly message: string
  readonly why: string
  readonly evidence: readonly Evidence[]
  readonly fix?: Fix
  readonly references: readonly string[]
  /** Set when the result is unknown. */
  readonly reason?: UnknownReason
  /** Set when the result is accepted. */
  readonly accepted?: Acceptance
  /** Hash of check, target and evidence keys. */
  readonly fingerprint: string
}

/** Findings by severity; unknown ones are counted apart. */
export interface Counts {
  readonly critical: number
  readonly high: number
  readonly medium: number
  readonly low: number
  readonly info: number
  readonly unknown: number
  readonly notApplicable: number
  readonly accepted: number
}
