import { reaches, type AuditResult, type Finding, type Severity } from '../model/index.js'
import { findingSentence, findingText } from './finding-text.js'
import { groupBy } from './group-by.js'
import { acceptanceText } from './policy-notes.js'
import { reportPlace } from './report-path.js'
import { plural, REASON_WORDS, targetText } from './words.js'
import { xmlAttribute, xmlLines } from './xml-text.js'

/** What counts as a failed test: findings at or above the gate's severity. */
export interface JunitOptions {
  readonly failOn: Severity | 'none'
}

/**
 * The result as JUnit XML: a suite a check, a case a target.
 * A finding that the gate fails for is a failed case; a milder one passes and tells its text as output, so that test
 * reports and the exit code never disagree. Open questions, what is accepted, and what does not apply, are skipped with the reason. What
 * passed has no names in a result: it is one case that says how many there were.
 */
export function* streamJunit(result: AuditResult, { failOn }: JunitOptions): Generator<string> {
  const answers = groupBy(
    [...result.findings, ...result.unknowns, ...result.accepted, ...result.notApplicable],
    ({ check }) => check,
  )
  const suites = result.coverage.map(({ check, pass }) => suiteOf(check, pass, answers.get(check) ?? []))
  const tests = suites.reduce((sum, suite) => sum + suite.tests, 0)
  const failures = suites.reduce((sum, suite) => sum + suite.failures(failOn), 0)
  yield '<?xml version="1.0" encoding="UTF-8"?>\n'
  yield `<testsuites name="${xmlAttribute(`Rampart ${result.rampart.version}`)}" tests="${tests}" failures="${failures}" errors="0">\n`
  for (const suite of suites) {
    const name = xmlAttribute(suite.check)
    yield `  <testsuite name="${name}" tests="${suite.tests}" failures="${suite.failures(failOn)}" errors="0" skipped="${suite.skipped}">\n`
    for (const finding of suite.answers) yield caseOf(finding, result, failOn)
    if (suite.passed > 0)
      yield `    <testcase classname="${name}" name="${plural(suite.passed, 'answer')} passed on evidence"/>\n`
    yield '  </testsuite>\n'
  }
  yield '</testsuites>\n'
}

/** As `streamJunit`, in one string. */
export function renderJunit(result: AuditResult, options: JunitOptions): string {
  return [...streamJunit(result, options)].join('')
}

interface Suite {
  readonly check: string
  readonly answers: readonly Finding[]
  readonly passed: number
  readonly tests: number
  readonly skipped: number
  failures(failOn: JunitOptions['failOn']): number
}

function suiteOf(check: string, passed: number, answers: readonly Finding[]): Suite {
  return {
    check,
    answers,
    passed,
    tests: answers.length + (passed > 0 ? 1 : 0),
    skipped: answers.filter(({ result }) => result !== 'fail').length,
    failures: (failOn) => answers.filter((finding) => fails(finding, failOn)).length,
  }
}

function caseOf(finding: Finding, result: AuditResult, failOn: JunitOptions['failOn']): string {
  const { path, line } = reportPlace(finding, result)
  const head = `    <testcase classname="${xmlAttribute(finding.check)}" name="${xmlAttribute(nameOf(finding))}" file="${xmlAttribute(path)}" line="${line}"`
  return `${head}>\n      ${outcome(finding, failOn)}\n    </testcase>\n`
}

/** Names are kept for the history of a case: target and, for a second answer about it, what kind of answer. */
function nameOf({ target, result }: Finding): string {
  return result === 'fail'
    ? targetText(target)
    : `${targetText(target)} (${result === 'notApplicable' ? 'not applicable' : result})`
}

function outcome(finding: Finding, failOn: JunitOptions['failOn']): string {
  if (finding.result === 'unknown')
    return `<skipped message="${xmlAttribute(`unknown, ${REASON_WORDS[finding.reason ?? 'no-source']}: ${finding.message}`)}"/>`
  if (finding.accepted !== undefined)
    return `<skipped message="${xmlAttribute(`accepted: ${acceptanceText(finding.accepted)}; ${finding.message}`)}"/>`
  if (finding.result !== 'fail')
    return `<skipped message="${xmlAttribute(`not applicable: ${finding.message}`)}"/>`
  const text = xmlLines(findingText(finding))
  if (!fails(finding, failOn)) return `<system-out>${finding.severity}: ${text}</system-out>`
  return `<failure type="${finding.severity}" message="${xmlAttribute(findingSentence(finding))}">${text}</failure>`
}

function fails(finding: Finding, failOn: JunitOptions['failOn']): boolean {
  return finding.result === 'fail' && reaches({ findings: [finding] }, failOn)
}
