import type { AnyCheck } from '../checks/index.js'
import {
  CONTROL_STATES,
  type AuditResult,
  type BenchmarkResult,
  type ControlResult,
  type ControlState,
  type Finding,
} from '../model/index.js'
import { sectionOf, type Benchmark, type Control } from './benchmark.js'
import { checksByControl } from './checks-of-control.js'
import { isAboutObjects, neededFor } from './needed-for.js'

/** The result of an audit, control by control; `checks` are all that there are. */
export function judgeBenchmark(
  benchmark: Benchmark,
  checks: readonly AnyCheck[],
  result: AuditResult,
): BenchmarkResult {
  const byControl = checksByControl(benchmark, checks)
  const asked = new Set(result.coverage.map(({ check }) => check))
  const answers = answersByCheck(result)
  const whole = result.sources.some(({ complete }) => complete)
  const controls = benchmark.controls.map((control): ControlResult => {
    const judging = byControl.get(control.number) ?? []
    return {
      number: control.number,
      title: control.title,
      section: sectionOf(benchmark, control),
      checks: judging.map(({ id }) => id),
      ...judge(
        control,
        judging.filter(({ id }) => asked.has(id)),
        answers,
        whole,
      ),
    }
  })
  const { id, name, edition } = benchmark
  return {
    rampart: result.rampart,
    benchmark: { id, name, edition },
    sources: result.sources,
    controls,
    counts: countStates(controls),
    problems: result.problems,
  }
}

/** Everything that an audit says of one check. */
interface CheckAnswers {
  readonly failed: Finding[]
  readonly accepted: Finding[]
  readonly unknown: Finding[]
  readonly notApplicable: Finding[]
  passed: number
}

function answersByCheck(result: AuditResult): ReadonlyMap<string, CheckAnswers> {
  const byCheck = new Map<string, CheckAnswers>()
  const of = (check: string): CheckAnswers => {
    const known = byCheck.get(check)
    if (known !== undefined) return known
    const fresh: CheckAnswers = { failed: [], accepted: [], unknown: [], notApplicable: [], passed: 0 }
    byCheck.set(check, fresh)
    return fresh
  }
  for (const finding of result.findings) of(finding.check).failed.push(finding)
  for (const finding of result.accepted) of(finding.check).accepted.push(finding)
  for (const finding of result.unknowns) of(finding.check).unknown.push(finding)
  for (const finding of result.notApplicable) of(finding.check).notApplicable.push(finding)
  for (const { check, pass } of result.coverage) of(check).passed = pass
  return byCheck
}

type Judged = Pick<ControlResult, 'state' | 'reason' | 'passed' | 'findings'>

/** The worst that any of its checks says; a pass needs an answer that passed on evidence. */
function judge(
  control: Control,
  checks: readonly AnyCheck[],
  answers: ReadonlyMap<string, CheckAnswers>,
  whole: boolean,
): Judged {
  const said = checks.flatMap(({ id }) => answers.get(id) ?? [])
  const all = (pick: (one: CheckAnswers) => readonly Finding[]): Finding[] => said.flatMap(pick)
  const passed = said.reduce((sum, one) => sum + one.passed, 0)
  const as = (state: ControlState, reason: string, findings: readonly Finding[] = []): Judged => ({
    state,
    reason,
    passed,
    findings,
  })

  const everywhere = all((one) => one.failed)
  const failed = everywhere.flatMap((finding) => ofControl(finding, control))
  if (failed.length > 0) return as('fail', messages(failed), failed)
  const unknown = all((one) => one.unknown)
  if (unknown.length > 0) return as('unknown', messages(unknown), unknown)
  const accepted = all((one) => one.accepted)
  if (accepted.length > 0) return as('accepted', messages(accepted), accepted)
  if (passed > 0) return as('pass', `${passed} ${passed === 1 ? 'answer' : 'answers'} passed on evidence`)
  if (everywhere.length > 0) return as('pass', 'what these checks found concerns other files')
  const notApplicable = all((one) => one.notApplicable)
  if (notApplicable.length > 0) return as('notApplicable', messages(notApplicable))
  if (checks.length === 0)
    return as('unknown', `to be judged by hand: ${control.byHand ?? 'no check judges it'}`)
  if (whole && checks.every(isAboutObjects))
    return as('notApplicable', 'the cluster has nothing that it is about')
  return as('unknown', `nothing that was read shows it; needed: ${neededFor(checks)}`)
}

/** What of a finding belongs to a control that is about certain files; nothing where all of it is about others. */
function ofControl(finding: Finding, { only }: Control): Finding[] {
  if (only === undefined) return [finding]
  const evidence = finding.evidence.filter(({ file = '', message }) => {
    const access = / owns it$/.test(message) ? 'owner' : 'mode'
    return access === only.access && (only.file === undefined || isFolder(file) || only.file.test(file))
  })
  if (evidence.length === 0) return []
  return [{ ...finding, evidence, message: evidence.map(({ message }) => message).join('; ') }]
}

/** Files that benchmarks name have an ending; what has none is a folder on the way. */
function isFolder(file: string): boolean {
  return !/\.[a-z]+$/.test(file) && !/\/(?:default|sysconfig)\/docker$/.test(file)
}

/** The messages of findings, each once, the first three. */
function messages(findings: readonly Finding[]): string {
  const all = [...new Set(findings.map(({ message }) => message))]
  const more = all.length > MESSAGES ? `; and ${all.length - MESSAGES} more` : ''
  return `${all.slice(0, MESSAGES).join('; ')}${more}`
}

const MESSAGES = 3

function countStates(controls: readonly ControlResult[]): BenchmarkResult['counts'] {
  const count = (state: ControlState): number => controls.filter((control) => control.state === state).length
  return Object.fromEntries(CONTROL_STATES.map((state) => [state, count(state)])) as Record<
    ControlState,
    number
  >
}
