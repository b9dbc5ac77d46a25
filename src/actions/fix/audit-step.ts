import { createHash } from 'node:crypto'
import { identityOf as identityOfRef, type AuditResult, type Finding } from '../../model/index.js'
import type { StepState } from '../journal/index.js'
import type { StepMaker } from './fix-context.js'
import type { FixPlan } from './fix-plan.js'

/** The last step: the same audit again. What was to go is gone, nothing is new; else everything is put back. */
export const auditSteps: StepMaker = (plan, context) =>
  Promise.resolve({
    after: [
      {
        id: 'audit again',
        title: 'Audit again: what was to go is gone, nothing is new',
        async check(): Promise<StepState> {
          const faults = compareWithPlan(plan, await context.audit())
          return faults.length === 0 ? { holds: true } : { holds: false, reason: faults.join('; ') }
        },
        act: () => Promise.resolve(undefined),
        undo: () => Promise.resolve(),
      },
    ],
  })

/** At most this many faults are told; one is enough to put everything back. */
const MOST_TOLD = 5

/** What an audit after the change says against the plan, one sentence each. */
export function compareWithPlan(plan: FixPlan, after: AuditResult): string[] {
  const still = new Set(after.findings.map(({ fingerprint }) => fingerprint))
  const open = new Map(after.unknowns.map((finding) => [identityOf(finding), finding]))
  const known = new Set(plan.known)
  const left = plan.mends.filter(({ fingerprint }) => still.has(fingerprint))
  const lost = plan.mends.flatMap((mended) => {
    const unknown = open.get(identityOf(mended))
    return unknown === undefined || known.has(digestOf(unknown, 'unknown')) ? [] : [unknown]
  })
  const fresh = after.findings.filter((finding) => !known.has(digestOf(finding)) && isOurs(finding, plan))
  const words = [
    ...left.map(({ check, message }) => `${check} is still there (${message})`),
    ...lost.map(({ check, message }) => `whether ${check} is gone cannot be seen (${message})`),
    ...fresh.map(({ check, message }) => `${check} is new (${message})`),
  ]
  return words.length > MOST_TOLD
    ? [...words.slice(0, MOST_TOLD), `and ${words.length - MOST_TOLD} more`]
    : words
}

/** A cluster changes all the time, by others: there only what the plan changes is judged. */
function isOurs({ target }: Finding, plan: FixPlan): boolean {
  if (target.kind !== 'object' || plan.subject.cluster === undefined) return true
  return plan.objects.some(({ ref }) => identityOfRef(ref) === identityOfRef(target.object))
}

/** What is found before the change, as a plan keeps it. */
export function knownOf(before: AuditResult): string[] {
  return [
    ...before.findings.map((finding) => digestOf(finding)),
    ...before.unknowns.map((finding) => digestOf(finding, 'unknown')),
  ].sort()
}

/** A finding of which some places are mended is the same finding, not a new one. */
function identityOf({ check, target }: Pick<Finding, 'check' | 'target'>): string {
  return `${check} ${JSON.stringify(target)}`
}

function digestOf(finding: Finding, kind = ''): string {
  return createHash('sha256')
    .update(`${kind} ${identityOf(finding)}`)
    .digest('hex')
    .slice(0, 16)
}
