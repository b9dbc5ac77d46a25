import type { AuditResult, Finding, Severity } from '../model/index.js'
import { escapedJson, longList } from './escaped-json.js'
import { findingSentence } from './finding-text.js'
import { reportPlace } from './report-path.js'

/** The five words of the format, from ours. */
const SEVERITY: Readonly<Record<Severity, string>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
  info: 'info',
}

/**
 * Failures as a GitLab Code Quality report: a list of issues, each with a fingerprint that holds no line.
 * Open questions are no issues and stand only in the other formats.
 * Source: https://docs.gitlab.com/ci/testing/code_quality/ (code quality report format).
 */
export function streamCodeQuality(result: AuditResult): Iterable<string> {
  return escapedJson(longList(result.findings, (finding) => issueOf(finding, result)))
}

/** As `streamCodeQuality`, in one string. */
export function renderCodeQuality(result: AuditResult): string {
  return [...streamCodeQuality(result)].join('')
}

function issueOf(finding: Finding, result: AuditResult): object {
  const { path, line } = reportPlace(finding, result)
  return {
    description: `${findingSentence(finding)}${finding.fix === undefined ? '' : ` Fix: ${finding.fix.text}`}`,
    check_name: finding.check,
    fingerprint: finding.fingerprint,
    severity: SEVERITY[finding.severity],
    location: { path, lines: { begin: line } },
  }
}
