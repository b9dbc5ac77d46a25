import { targetIdentity, type AuditResult, type Finding } from '../model/index.js'

/** What changed from one audit to another, each in the order of the reports. */
export interface ResultDifference {
  /** Failures that were not there before. */
  readonly gained: readonly Finding[]
  /** Failures that are there no longer, on evidence. */
  readonly gone: readonly Finding[]
  /** Failures of which nobody can say whether they are still there: the question is unknown now. */
  readonly unsure: readonly Finding[]
  /** Questions that had an answer before and have none now. */
  readonly lostSight: readonly Finding[]
}

/** Compares by fingerprint: check, target and the places of the evidence, not lines or the order of files. */
export function compareResults(before: AuditResult, after: AuditResult): ResultDifference {
  const old = fingerprints(before.findings)
  const now = fingerprints(after.findings)
  const open = new Set(after.unknowns.map(questionOf))
  const isOpen = (finding: Finding): boolean =>
    open.has(questionOf(finding)) || open.has(questionOf({ ...finding, target: { kind: 'estate' } }))
  const missing = before.findings.filter(({ fingerprint }) => !now.has(fingerprint))
  const openBefore = new Set(before.unknowns.map(questionOf))
  return {
    gained: after.findings.filter(({ fingerprint }) => !old.has(fingerprint)),
    gone: missing.filter((finding) => !isOpen(finding)),
    unsure: missing.filter(isOpen),
    lostSight: after.unknowns.filter((finding) => !openBefore.has(questionOf(finding))),
  }
}

function fingerprints(findings: readonly Finding[]): ReadonlySet<string> {
  return new Set(findings.map(({ fingerprint }) => fingerprint))
}

function questionOf({ check, target }: Pick<Finding, 'check' | 'target'>): string {
  return `${check}\0${targetIdentity(target)}`
}
