import type { AnyCheck, FailOptions } from '../checks/index.js'
import {
  compareText,
  fingerprintOf,
  identityOf,
  REACHES,
  SEVERITIES,
  type Acceptance,
  type Evidence,
  type Finding,
  type Severity,
  type Target,
} from '../model/index.js'
import { maskText } from '../text/index.js'
import type { KnownPlaces } from './baseline.js'
import type { Answers } from './collector.js'
import type { ExceptionBook, FailedPlace } from './exception-book.js'
import type { EvidenceReader } from './evidence.js'
import { mergeFixes } from './merge-fix.js'

export interface FindingContext {
  readonly evidence: EvidenceReader
  readonly repeated: ReadonlySet<string>
  readonly exceptions: ExceptionBook
  /** What a baseline knows: left out of the findings. */
  readonly known: KnownPlaces
  /** Severities that the configuration sets, by id of check. */
  readonly severities: ReadonlyMap<string, Severity>
  /** Checks whose preconditions hold by word of the user. */
  readonly confirmed: ReadonlySet<string>
}

/** What is told of one check and one subject. */
export interface Told {
  readonly findings: readonly Finding[]
  /** Every result that came out, known ones too; none is a pass. */
  readonly results: readonly Finding['result'][]
  /** Places and questions that a baseline knows. */
  readonly known: number
}

const PASSED: Told = { findings: [], results: [], known: 0 }

/** Turns what a check said about one subject into at most one finding of each result and exception. */
export function findingsOf(check: AnyCheck, target: Target, answers: Answers, context: FindingContext): Told {
  const { fails, unknowns, notApplicable } = answers
  if (fails.length + unknowns.length + notApplicable.length === 0) return PASSED
  const set = context.severities.get(check.id)
  const base: Base = {
    check: check.id,
    title: check.title,
    severity: set ?? check.severity,
    because: check.because,
    reach: check.reach,
    target,
    why: check.why,
    references: check.references,
  }
  const findings: Finding[] = []
  const results: Finding['result'][] = []
  let known = 0
  if (fails.length > 0) {
    const sorted = sortFails(check, target, answers, context)
    known += sorted.known
    for (const [acceptance, failed] of sorted.groups) {
      const finding = failure(base, check, failed, context)
      findings.push(
        acceptance === undefined ? finding : { ...finding, result: 'accepted', accepted: acceptance },
      )
    }
    if (sorted.groups.has(undefined) || sorted.known > 0) results.push('fail')
    if ([...sorted.groups.keys()].some((acceptance) => acceptance !== undefined)) results.push('accepted')
  }
  const open = openQuestion(base, answers, context)
  if (open !== undefined) {
    results.push('unknown')
    if (context.known.has(open.fingerprint)) known += 1
    else findings.push(open)
  }
  if (notApplicable.length > 0) {
    results.push('notApplicable')
    findings.push({
      ...base,
      result: 'notApplicable',
      message: [...new Set(notApplicable)].sort().join('; '),
      evidence: [],
      fingerprint: fingerprintOf(check.id, target, ['not applicable']),
    })
  }
  return { findings, results, known }
}

type Base = Omit<Finding, 'result' | 'message' | 'evidence' | 'fingerprint'>

/** One failure with those of its places that belong together. */
interface Failed {
  readonly options: FailOptions
  readonly places: readonly FailedPlace[]
}

interface SortedFails {
  /** Failures by the exception that accepts them; undefined for what nobody accepts. */
  readonly groups: ReadonlyMap<Acceptance | undefined, readonly Failed[]>
  readonly known: number
}

/** Shares out places: a failure of which one place is new or not accepted is told with that place alone. */
function sortFails(check: AnyCheck, target: Target, answers: Answers, context: FindingContext): SortedFails {
  const groups = new Map<Acceptance | undefined, Failed[]>()
  const known = new Set<string>()
  const failed = answers.fails.map(({ evidence, options }) => ({
    options,
    places: placesOf(check.id, target, evidence, context),
  }))
  for (const { options, places } of failed) {
    const acceptances = context.exceptions.acceptances(check, target, places)
    const shares = new Map<Acceptance | undefined, FailedPlace[]>()
    places.forEach((place, index) => {
      const acceptance = acceptances[index]
      const isKnown = context.known.has(place.fingerprint)
      if (acceptance === undefined && isKnown) {
        known.add(place.fingerprint)
        return
      }
      const share = shares.get(acceptance)
      if (share === undefined) shares.set(acceptance, [place])
      else share.push(place)
    })
    for (const [acceptance, share] of shares) {
      const one = { options, places: share }
      const group = groups.get(acceptance)
      if (group === undefined) groups.set(acceptance, [one])
      else group.push(one)
    }
  }
  return { groups, known: known.size }
}

/** The places of one failure with their fingerprints; a failure without evidence is one place, its target. */
function placesOf(
  check: string,
  target: Target,
  inputs: Answers['fails'][number]['evidence'],
  context: FindingContext,
): FailedPlace[] {
  if (inputs.length === 0) return [{ fingerprint: fingerprintOf(check, target, []) }]
  return inputs.map((input) => {
    const evidence = context.evidence(input)
    const fingerprint = fingerprintOf(check, target, [evidence.key], fileOf(target, [evidence], context))
    return { input, evidence: { ...evidence, fingerprint }, fingerprint }
  })
}

function openQuestion(base: Base, { unknowns }: Answers, context: FindingContext): Finding | undefined {
  const [first] = unknowns
  if (first === undefined) return undefined
  const details = [...new Set(unknowns.map((fact) => maskText(fact.detail)))].sort()
  const evidence = unknowns.flatMap((fact) =>
    fact.origin === undefined ? [] : [context.evidence({ origin: fact.origin, message: fact.detail })],
  )
  return {
    ...base,
    result: 'unknown',
    message: details.join('; '),
    reason: first.reason,
    evidence: sortEvidence(evidence),
    fingerprint: fingerprintOf(
      base.check,
      base.target,
      ['unknown', ...evidence.map((item) => item.key)],
      fileOf(base.target, evidence, context),
    ),
  }
}

function failure(base: Base, check: AnyCheck, fails: readonly Failed[], context: FindingContext): Finding {
  const severityOf = ({ options }: Failed): Severity => options.severity ?? check.severity
  const worst = [...fails].sort(
    (a, b) => SEVERITIES.indexOf(severityOf(a)) - SEVERITIES.indexOf(severityOf(b)),
  )[0]
  const own = worst === undefined ? check.severity : severityOf(worst)
  const set = context.severities.get(check.id)
  const reach = fails
    .map(({ options }) => options.reach ?? base.reach)
    .reduce((a, b) => (REACHES.indexOf(b) < REACHES.indexOf(a) ? b : a))
  const evidence = sortEvidence(
    fails.flatMap(({ places }) => places.flatMap((place) => place.evidence ?? [])),
  )
  const messages = [...new Set(fails.map(({ options }) => options.message ?? base.title))]
  const fix = mergeFixes(
    fails.flatMap(({ options }) => options.fix ?? []),
    context.confirmed.has(check.id),
  )
  return {
    ...base,
    result: 'fail',
    severity: set ?? own,
    ...(set === undefined || set === own ? {} : { ownSeverity: own }),
    because: worst?.options.because ?? base.because,
    reach,
    message: maskText(messages.join('; ')),
    evidence,
    ...(fix === undefined ? {} : { fix }),
    fingerprint: fingerprintOfFailure(base, evidence, context),
  }
}

/** Of one place alone it is the place's own, which was made already. */
function fingerprintOfFailure(
  { check, target }: Base,
  evidence: readonly Evidence[],
  context: FindingContext,
): string {
  const [first] = evidence
  if (evidence.length === 1 && first?.fingerprint !== undefined) return first.fingerprint
  const keys = evidence.map((item) => item.key)
  return fingerprintOf(check, target, keys, fileOf(target, evidence, context))
}

/** Evidence in the order of its key; the same place named twice stands once. */
function sortEvidence(evidence: readonly Evidence[]): readonly Evidence[] {
  if (evidence.length < 2) return evidence
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
