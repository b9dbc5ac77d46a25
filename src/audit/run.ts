import type { AnyCheck, AuditSettings, Report, Subjects } from '../checks/index.js'
import {
  compareText,
  countFindings,
  sortFindings,
  type AuditException,
  type AuditPolicy,
  type AuditResult,
  type Estate,
  type FilePlace,
  type Finding,
  type Severity,
  type Target,
} from '../model/index.js'
import { baselineUse } from './baseline-use.js'
import { KnownPlaces, type Baseline } from './baseline.js'
import { answerCollector, type Answers } from './collector.js'
import { ExceptionBook } from './exception-book.js'
import { findingsOf, type FindingContext } from './findings-of.js'
import { gatherExceptions, OF_EXCEPTIONS } from './gather-exceptions.js'
import { policyOf } from './policy-of.js'
import { subjectsOf, type SubjectList, type SubjectSource } from './subjects.js'
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
  /** What the user accepts, leaves out and changes. */
  readonly rules?: AuditRules
  /** What is known already: only the rest is told. `file` is its name in reports. */
  readonly baseline?: { readonly file: string; readonly content: Baseline }
}

/** What a user accepts, leaves out and changes in an audit. */
export interface AuditRules {
  readonly exceptions?: readonly AuditException[]
  /** False: annotations of objects accept nothing. */
  readonly annotations?: boolean
  /** Patterns of checks that nothing may accept. */
  readonly neverAccept?: readonly string[]
  /** Severities by id of check. */
  readonly severities?: ReadonlyMap<string, SeverityRule>
  /** Ids of checks whose preconditions hold by word of the user, where that could not be seen. */
  readonly confirmed?: ReadonlySet<string>
  /** Whether a target is judged; every one unless given. */
  readonly judges?: (target: Target) => boolean
  /** What reports tell of the configuration besides. */
  readonly told?: Pick<AuditPolicy, 'files' | 'leftOut' | 'namespaces' | 'said' | 'userChecks'>
}

export interface SeverityRule {
  readonly severity: Severity
  readonly place: FilePlace
  readonly audited: boolean
}

/** Asks every check about every subject of the estate. Pure but for re-reading the text behind evidence. */
export function runAudit(estate: Estate, options: AuditOptions): AuditResult {
  const now = options.now ?? Math.floor(Date.now() / 1000)
  const { rules = {} } = options
  const repeated = repeatedIdentities(estate)
  const exceptions = gatherExceptions(estate, options.checks, rules, now)
  const subjects = subjectsOf(estate, {
    now,
    settings: options.settings ?? {},
    exceptions: exceptions.subjects,
    judges: rules.judges,
  })
  const context: FindingContext = {
    evidence: evidenceReader(estate),
    repeated,
    exceptions: new ExceptionBook(exceptions.held, repeated, now, [
      OF_EXCEPTIONS,
      ...(rules.neverAccept ?? []),
    ]),
    known: new KnownPlaces(options.baseline?.content),
    severities: new Map([...(rules.severities ?? [])].map(([id, { severity }]) => [id, severity])),
    confirmed: rules.confirmed ?? new Set(),
  }
  const results: Finding[] = []
  const coverage: AuditResult['coverage'][number][] = []
  let known = 0
  const asked = options.checks.map((check) => ({
    check,
    counts: { pass: 0, fail: 0, unknown: 0, notApplicable: 0, accepted: 0 },
  }))
  const collectAnswers = answerCollector()
  // All that is asked about one subject is asked in one go: its text is made once for all findings about it.
  for (const [list, checks] of bySubjects(asked, subjects)) {
    for (const { subject, target } of list) {
      for (const { check, counts } of checks) {
        // The subject list was chosen by `appliesTo`, so it is of the kind that this check takes.
        const concerns = check.concerns as ((subject: unknown) => boolean) | undefined
        if (concerns?.(subject) === false) continue
        const evaluate = check.evaluate as (subject: unknown, report: Report) => void
        const answers = answerForAll(subject) ?? collectAnswers((report) => evaluate(subject, report))
        const told = findingsOf(check, target, answers, context)
        if (told.results.length === 0) counts.pass += 1
        for (const result of told.results) counts[result] += 1
        for (const finding of told.findings) results.push(finding)
        known += told.known
      }
    }
  }
  for (const { check, counts } of asked) {
    const unread = unreadFor(check, estate)
    if (unread.length > 0) {
      const answers = { fails: [], unknowns: unread, notApplicable: [] }
      const told = findingsOf(check, { kind: 'estate' }, answers, context)
      counts.unknown += told.results.length
      known += told.known
      results.push(...told.findings)
    }
    coverage.push({ check: check.id, title: check.title, ...counts })
  }
  const result = assemble(estate, options.version, results, coverage)
  const policy = policyOf(options, context.exceptions)
  const { baseline } = options
  return {
    ...result,
    ...(policy === undefined ? {} : { policy }),
    ...(baseline === undefined
      ? {}
      : {
          baseline: baselineUse(context.known, baseline.file, known, {
            estate,
            asked: new Map(options.checks.map((check) => [check.id, check])),
            targetsOf: (check) =>
              subjects
                .of(check)
                .flat()
                .map(({ target }) => target),
            judges: rules.judges,
            unknowns: result.unknowns,
          }),
        }),
  }
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
): Map<SubjectList, Asked[]> {
  const groups = new Map<SubjectList, Asked[]>()
  for (const each of asked) {
    for (const list of subjects.of(each.check)) {
      const group = groups.get(list)
      if (group === undefined) groups.set(list, [each])
      else group.push(each)
    }
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
    sortFindings(results.filter((finding) => finding.result === result))
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
