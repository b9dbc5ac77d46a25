import type { Severity } from './finding.js'
import type { ObjectRef } from './object.js'
import type { FilePlace } from './origin.js'

/** Who accepted a fault, why, and until when. */
export interface Acceptance {
  readonly reason: string
  /** The last day on which it holds, as `2027-01-31` in UTC. */
  readonly until: string
  readonly owner?: string
  /** Where it is written. */
  readonly place: FilePlace
  /** The object whose annotation it is. */
  readonly object?: ObjectRef
  /** It stands in what was audited, so whoever changes that may also have written it. */
  readonly audited: boolean
}

/** Which failures an exception covers: those that fit every part that is given. Lists hold patterns; one must fit. */
export interface ExceptionScope {
  readonly namespace?: readonly string[]
  /** `DaemonSet`, `Role.rbac.authorization.k8s.io`. */
  readonly kind?: readonly string[]
  readonly name?: readonly string[]
  readonly host?: readonly string[]
  /** Paths, as they are named on the command line or from the folder of the configuration. */
  readonly file?: readonly string[]
  readonly container?: readonly string[]
  /** One rule of a role, whatever the order in its lists. */
  readonly rule?: Readonly<Record<string, readonly string[]>>
  /** Patterns of the key of an evidence. */
  readonly evidence?: readonly string[]
  /** Places by their fingerprints. */
  readonly fingerprint?: readonly string[]
}

/** An exception as the user wrote it, for checks whose id is like `check`. */
export interface AuditException extends Acceptance {
  readonly check: string
  readonly scope: ExceptionScope
  /** The folder of the configuration and that of the command, absolute, for paths. */
  readonly folders?: { readonly configuration: string; readonly working: string }
}

/** One exception, and whether it did anything. */
export interface ExceptionUse extends Acceptance {
  /** The check as it is written: an id, or a pattern of ids. */
  readonly check: string
  /** What it covers, in words: `namespace monitoring, kind DaemonSet`. */
  readonly covers: string
  /** Places of failures that it accepted. */
  readonly matched: number
  /** unused: no failure is like it. expired: its last day is over. notAsked: its check was not asked. */
  readonly state: 'used' | 'unused' | 'expired' | 'notAsked'
}

/** What the configuration of the user changed in an audit. Reports name all of it: nothing is silenced in silence. */
export interface AuditPolicy {
  /** Configuration files in force; `audited` as in Acceptance. */
  readonly files: readonly { readonly file: string; readonly audited: boolean }[]
  readonly exceptions: readonly ExceptionUse[]
  /** Checks that were given another severity. */
  readonly severities: readonly {
    readonly check: string
    readonly own: Severity
    readonly severity: Severity
    readonly place: FilePlace
    readonly audited: boolean
  }[]
  /** Checks that would be asked by default and were not. */
  readonly leftOut: readonly string[]
  /** Namespaces that were judged or not judged, in words: `only shop-*`, `not kube-system`. */
  readonly namespaces: readonly string[]
  /** What the owner says of the estate, in words: untrusted namespaces, kinds that make pods. */
  readonly said: readonly string[]
  /** Checks that the user wrote. */
  readonly userChecks: readonly {
    readonly check: string
    readonly place: FilePlace
    readonly audited: boolean
  }[]
}

/** What a baseline took out of a result. */
export interface BaselineUse {
  readonly file: string
  /** Places of failures that it knows, and open questions: left out of the result. */
  readonly known: number
  /** What it knows and is there no longer, on evidence. */
  readonly gone: readonly BaselineEntry[]
  /** What it knows and nobody looked at this time: other inputs, other checks, questions that are open now. */
  readonly notLookedAt: number
}

/** One place of a failure, as a baseline keeps it. */
export interface BaselineEntry {
  readonly check: string
  readonly severity: Severity
  /** The target in words. */
  readonly target: string
  /** Key of the evidence; empty for a failure that has none. */
  readonly place: string
  readonly fingerprint: string
}
