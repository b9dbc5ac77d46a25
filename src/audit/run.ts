import type { AnyCheck, Report } from '../checks/index.js'
import {
  compareFindings,
  compareText,
  countFindings,
  type AuditResult,
  type Estate,
  type Finding,
} from '../model/index.js'
import { collectAnswers } from './collector.js'
import { findingsOf } from './findings-of.js'
import { subjectsOf } from './subjects.js'
import { unreadFor } from './unread-kinds.js'
import { evidenceReader } from './evidence.js'
import { repeatedIdentities } from './repeated-identities.js'

export interface AuditOptions {
  /** The version of Rampart that the result names. */
  readonly version: string
  readonly checks: readonly AnyCheck[]
  /** Told before each check, with its id; for progress. */
  readonly onCheck?: (id: string) => void
}

/** Asks every check about every subject of the estate. Pure but for re-reading the text behind evidence. */
export function runAudit(estate: Estate, options: AuditOptions): AuditResult {
  const subjects = subjectsOf(estate)
  const context = { evidence: evidenceReader(estate), repeated: repeatedIdentities(estate) }
  const results: Finding[] = []
  const coverage: AuditResult['coverage'][number][] = []
  for (const check of options.checks) {
    options.onCheck?.(check.id)
    const counts = { pass: 0, fail: 0, unknown: 0, notApplicable: 0 }
    for (const { subject, target } of subjects.of(check)) {
      // The subject list was chosen by `appliesTo`, so it is of the kind that this check takes.
      const evaluate = check.evaluate as (subject: unknown, report: Report) => void
      const answers = collectAnswers((report) => evaluate(subject, report))
      const findings = findingsOf(check, target, answers, context)
      if (findings.length === 0) counts.pass += 1
      for (const finding of findings) counts[finding.result] += 1
      results.push(...findings)
    }
    const unread = unreadFor(check, estate)
    if (unread.length > 0) {
      const answers = { fails: [], unknowns: unread, notApplicable: [] }
      const findings = findingsOf(check, { kind: 'estate' }, answers, context)
      counts.unknown += findings.length
      results.push(...findings)
    }
    coverage.push({ check: check.id, title: check.title, ...counts })
  }
  return assemble(estate, options.version, results, coverage)
}

function assemble(
  estate: Estate,
  version: string,
  results: readonly Finding[],
  coverage: AuditResult['coverage'],
): AuditResult {
  const of = (result: Finding['result']): Finding[] =>
    results.filter((finding) => finding.result === result).sort(compareFindings)
  const findings = of('fail')
  const unknowns = of('unknown')
  const notApplicable = of('notApplicable')
  return {
    rampart: { version },
    sources: [...estate.sources].sort((a, b) => compareText(a.kind, b.kind) || compareText(a.name, b.name)),
    findings,
    unknowns,
    notApplicable,
    counts: countFindings(findings, unknowns.length, notApplicable.length),
    problems: estate.problems,
    coverage: [...coverage].sort((a, b) => compareText(a.check, b.check)),
  }
}
