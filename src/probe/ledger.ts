import {
  fingerprintOf,
  type Evidence,
  type Finding,
  type ProbeAttempt,
  type ProbedTls,
  type ProbeReport,
  type ProbeState,
  type Reach,
  type Severity,
} from '../model/index.js'
import { maskText } from '../text/index.js'
import { questionOf, type QuestionId } from './questions.js'

/** A question with its answer for one address; a pass is no finding, but is counted. */
export type LedgerEntry = {
  readonly id: QuestionId
  readonly finding?: Finding
  readonly result: 'pass' | Finding['result']
}

export interface Failing {
  readonly message: string
  readonly evidence: readonly Evidence[]
  readonly severity?: Severity
  readonly because?: string
  readonly reach?: Reach
}

/** Collects what one address was asked, what it answered, and what follows from it. */
export class Ledger {
  readonly entries: LedgerEntry[] = []
  private readonly attempts: ProbeAttempt[] = []
  private tls: ProbedTls | undefined

  /** `again`: the command that shows whether a fault is gone. */
  constructor(
    readonly component: string,
    readonly address: string,
    private readonly again: string,
  ) {}

  /** Notes one request and its answer. */
  note(attempt: ProbeAttempt): void {
    this.attempts.push({ ...attempt, answer: maskText(attempt.answer) })
  }

  noteTls(tls: ProbedTls): void {
    this.tls = tls
  }

  pass(id: QuestionId): void {
    this.entries.push({ id, result: 'pass' })
  }

  fail(id: QuestionId, { message, evidence, severity, because, reach }: Failing): void {
    const question = questionOf(id)
    this.add(id, 'fail', {
      severity: severity ?? question.severity,
      because: because ?? question.because,
      reach: reach ?? question.reach,
      message,
      evidence: evidence.map((item) => ({ ...item, message: maskText(item.message) })),
      fix: {
        text: question.fix,
        edits: [],
        commands: [],
        risk: 'restart',
        needs: [],
        verify: this.again,
      },
    })
  }

  unknown(id: QuestionId, detail: string): void {
    this.add(id, 'unknown', { message: detail, reason: 'no-answer', evidence: [] })
  }

  notApplicable(id: QuestionId, detail: string): void {
    this.add(id, 'notApplicable', { message: detail, evidence: [] })
  }

  report(state: ProbeState, verdict: string): ProbeReport {
    const { component, address, tls, attempts } = this
    return { component, address, state, verdict, ...(tls === undefined ? {} : { tls }), attempts }
  }

  private add(
    id: QuestionId,
    result: Finding['result'],
    said: Partial<Finding> & Pick<Finding, 'message' | 'evidence'>,
  ): void {
    const { title, severity, because, reach, why, references } = questionOf(id)
    const target = { kind: 'component', component: this.component, host: this.address } as const
    const keys = result === 'fail' ? said.evidence.map((item) => item.key) : [result]
    this.entries.push({
      id,
      result,
      finding: {
        check: id,
        result,
        title,
        severity,
        because,
        reach,
        target,
        why,
        references,
        ...said,
        fingerprint: fingerprintOf(id, target, keys),
      },
    })
  }
}
