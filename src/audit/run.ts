import type { AnyCheck, AuditSettings, Report, Subjects } from '../checks/index.js'
import {
  compareFindings,
  compareText,
  countFindings,
  type AuditResult,
  type Estate,
  type Finding,
} from '../model/index.js'
import { collectAnswers, type Answers } from './collector.js'
import { findingsOf } from './findings-of.js'
import { subjectsOf, type SubjectSource, type Targeted } from './subjects.js'
import { unreadFor } from './unread-kinds.js'
import { evidenceReader } from './evidence.js'
import { repeatedIdentities } from './repeated-identities.js'

export interface AuditOptions {
  /** The version of Rampart that the result names. */
  readonly version: string
  readonly checks: readonly AnyCheck[]
  /** What the owner of the estate says about it. */
  readonly settings?: AuditSettings
  /** The time at which dates are judged, in seconds since 1970; now unless said. */
  readonly now?: number
}

/** Asks every check about every subject of the estate. Pure but for re-reading the text behind evidence. */
export function runAudit(estate: Estate, options: AuditOptions): AuditResult {
  const now = options.now ?? Math.floor(Date.now() / 1000)
  const subjects = subjectsOf(estate, now, options.settings)
  const context = { evidence: evidenceReader(estate), repeated: repeatedIdentities(estate) }
  const results: Finding[] = []
  const coverage: AuditResult['coverage'][number][] = []
  const asked = options.checks.map((check) => ({
    check,
    counts: { pass: 0, fail: 0, unknown: 0, notApplicable: 0, accepted: 0 },
  }))
  // All that is asked about one subject is asked in one go: its text is made once for all findings about it.
  for (const [list, checks] of bySubjects(asked, subjects)) {
    for (const { subject, target } of list) {
      for (const { check, counts } of checks) {
        // The subject list was chosen by `appliesTo`, so it is of the kind that this check takes.
        const evaluate = check.evaluate as (subject: unknown, report: Report) => void
        const answers = answerForAll(subject) ?? collectAnswers((report) => evaluate(subject, report))
        const findings = findingsOf(check, target, answers, context)
        if (findings.length === 0) counts.pass += 1
        for (const finding of findings) counts[finding.result] += 1
        for (const finding of findings) results.push(finding)
      }
    }
  }
  for (const { check, counts } of asked) {
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

/** What every check says of a component that a provider runs, or of which nothing was seen. */
function answerForAll(subject: Subjects[keyof Subjects]): Answers | undefined {
  if (!('config' in subject)) return undefined
  const { managedBy, unseen, config } = subject
  if (managedBy !== undefined) {
    return { fails: [], unknowns: [], notApplicable: [`${managedBy} runs ${config.component}`] }
  }
  return unseen === undefined ? undefined : { fails: [], unknowns: [unseen], notApplicable: [] }
}

/** Checks that are asked about the same list of subjects, together. */
function bySubjects<Asked extends { readonly check: AnyCheck }>(
  asked: readonly Asked[],
  subjects: SubjectSource,
): Map<readonly Targeted<keyof Subjects>[], Asked[]> {
  const groups = new Map<readonly Targeted<keyof Subjects>[], Asked[]>()
  for (const each of asked) {
    const list = subjects.of(each.check)
    const group = groups.get(list)
    if (group === undefined) groups.set(list, [each])
    else group.push(each)
  }
  return groups
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
  const accepted = of('accepted')
  return {
    rampart: { version },
    sources: [...estate.sources].sort((a, b) => compareText(a.kind, b.kind) || compareText(a.name, b.name)),
    findings,
    unknowns,
    notApplicable,
    accepted,
    counts: countFindings(findings, unknowns.length, notApplicable.length, accepted.length),
    problems: estate.problems,
    coverage: [...coverage].sort((a, b) => compareText(a.check, b.check)),
  }
}
