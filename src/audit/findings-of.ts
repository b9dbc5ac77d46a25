import type { AnyCheck } from '../checks/index.js'
import {
  compareText,
  fingerprintOf,
  identityOf,
  REACHES,
  SEVERITIES,
  type Evidence,
  type Finding,
  type Target,
} from '../model/index.js'
import { maskText } from '../text/index.js'
import type { Answers } from './collector.js'
import type { EvidenceReader } from './evidence.js'
import { mergeFixes } from './merge-fix.js'

export interface FindingContext {
  readonly evidence: EvidenceReader
  readonly repeated: ReadonlySet<string>
}

/** Turns what a check said about one subject into at most one finding of each result. */
export function findingsOf(
  check: AnyCheck,
  target: Target,
  answers: Answers,
  context: FindingContext,
): Finding[] {
  const base = {
    check: check.id,
    title: check.title,
    severity: check.severity,
    because: check.because,
    reach: check.reach,
    target,
    why: check.why,
    references: check.references,
  }
  const findings: Finding[] = []
  if (answers.fails.length > 0) findings.push(failure(base, answers, context))
  const firstUnknown = answers.unknowns[0]
  if (firstUnknown !== undefined) {
    const details = [...new Set(answers.unknowns.map((fact) => maskText(fact.detail)))].sort()
    const evidence = answers.unknowns.flatMap((fact) =>
      fact.origin === undefined ? [] : [context.evidence({ origin: fact.origin, message: fact.detail })],
    )
    findings.push({
      ...base,
      result: 'unknown',
      message: details.join('; '),
      reason: firstUnknown.reason,
      evidence: sortEvidence(evidence),
      fingerprint: fingerprintOf(
        check.id,
        target,
        ['unknown', ...evidence.map((item) => item.key)],
        fileOf(target, evidence, context),
      ),
    })
  }
  if (answers.notApplicable.length > 0) {
    findings.push({
      ...base,
      result: 'notApplicable',
      message: [...new Set(answers.notApplicable)].sort().join('; '),
      evidence: [],
      fingerprint: fingerprintOf(check.id, target, ['not applicable']),
    })
  }
  return findings
}

type Base = Omit<Finding, 'result' | 'message' | 'evidence' | 'fingerprint'>

function failure(base: Base, answers: Answers, context: FindingContext): Finding {
  const worst = [...answers.fails].sort(
    (a, b) =>
      SEVERITIES.indexOf(a.options.severity ?? base.severity) -
      SEVERITIES.indexOf(b.options.severity ?? base.severity),
  )[0]
  const reach = answers.fails
    .map((fail) => fail.options.reach ?? base.reach)
    .reduce((a, b) => (REACHES.indexOf(b) < REACHES.indexOf(a) ? b : a))
  const evidence = sortEvidence(answers.fails.flatMap((fail) => fail.evidence.map(context.evidence)))
  const messages = [...new Set(answers.fails.map((fail) => fail.options.message ?? base.title))]
  const fix = mergeFixes(answers.fails.flatMap((fail) => fail.options.fix ?? []))
  return {
    ...base,
    result: 'fail',
    severity: worst?.options.severity ?? base.severity,
    because: worst?.options.because ?? base.because,
    reach,
    message: maskText(messages.join('; ')),
    evidence,
    ...(fix === undefined ? {} : { fix }),
    fingerprint: fingerprintOf(
      base.check,
      base.target,
      evidence.map((item) => item.key),
      fileOf(base.target, evidence, context),
    ),
  }
}

/** Evidence in the order of its key; the same place named twice stands once. */
function sortEvidence(evidence: readonly Evidence[]): Evidence[] {
  const byPlace = new Map<string, Evidence>()
  for (const item of evidence)
    byPlace.set(`${item.key}\0${item.host ?? ''}\0${item.file ?? ''}\0${item.message}`, item)
  return [...byPlace.values()].sort(
    (a, b) =>
      compareText(a.key, b.key) ||
      compareText(a.file ?? '', b.file ?? '') ||
      compareText(a.message, b.message),
  )
}

function fileOf(target: Target, evidence: readonly Evidence[], context: FindingContext): string {
  if (target.kind !== 'object' || !context.repeated.has(identityOf(target.object))) return ''
  return evidence[0]?.file ?? ''
}
