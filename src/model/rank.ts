import type { AuditResult } from './audit-result.js'
import { REACHES, SEVERITIES, type Counts, type Finding, type Severity } from './finding.js'
import { targetIdentity } from './fingerprint.js'

/** The findings in order: severity, then reach, then check, target and fingerprint, so that every run is alike. */
export function sortFindings(findings: readonly Finding[]): Finding[] {
  return findings
    .map((finding) => ({ finding, target: targetIdentity(finding.target) }))
    .sort(
      ({ finding: a, target: ofA }, { finding: b, target: ofB }) =>
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
        REACHES.indexOf(a.reach) - REACHES.indexOf(b.reach) ||
        compareText(a.check, b.check) ||
        compareText(ofA, ofB) ||
        compareText(a.fingerprint, b.fingerprint),
    )
    .map(({ finding }) => finding)
}

/** Order by code units: the same on every machine, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** Counts failures by severity. */
export function countFindings(
  findings: readonly Finding[],
  unknown: number,
  notApplicable: number,
  accepted = 0,
): Counts {
  const of = (severity: Finding['severity']): number =>
    findings.reduce((sum, finding) => (finding.severity === severity ? sum + 1 : sum), 0)
  return {
    critical: of('critical'),
    high: of('high'),
    medium: of('medium'),
    low: of('low'),
    info: of('info'),
    unknown,
    notApplicable,
    accepted,
  }
}

/** Whether any failure is at or above a severity; `none` is never reached. */
export function reaches(result: Pick<AuditResult, 'findings'>, failOn: Severity | 'none'): boolean {
  if (failOn === 'none') return false
  const limit = SEVERITIES.indexOf(failOn)
  return result.findings.some((finding) => SEVERITIES.indexOf(finding.severity) <= limit)
}
