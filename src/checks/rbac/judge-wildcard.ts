import { describeRule, isEverything, type PolicyRule } from '../../kube/index.js'
import type { ObjectSubject, Report } from '../define-check.js'
import { advice } from '../precondition.js'
import { judgedRules } from './judged-rules.js'

/** Which list of a rule is asked for `*`, and the words about it. */
export interface Wildcard {
  readonly list: 'verbs' | 'resources' | 'apiGroups'
  readonly message: string
  readonly fix: string
  readonly breaks: string
}

/**
 * Reports each rule whose list holds `*`. Where verbs, resources and groups all do, that is one fault: the question
 * about verbs reports it, as high, and the others are silent.
 */
export function judgeWildcard(wildcard: Wildcard, subject: ObjectSubject, report: Report): void {
  const { object } = subject
  for (const rule of judgedRules(subject, report)) {
    const at = rule[wildcard.list].indexOf('*')
    if (at < 0 || !applies(rule)) continue
    const all = isEverything(rule)
    if (all && wildcard.list !== 'verbs') continue
    report.fail(
      {
        origin: { kind: 'object', object, path: [...rule.path, wildcard.list, at] },
        key: `rules ${wildcard.list} ${describeRule(rule)}`,
        message: describeRule(rule),
      },
      {
        message: all ? 'a rule gives every verb on every resource of every group' : wildcard.message,
        ...(all ? EVERYTHING : {}),
        fix: advice(wildcard.fix, { breaks: wildcard.breaks }),
      },
    )
  }
}

const EVERYTHING = {
  severity: 'high',
  because: 'verbs, resources and groups are all `*`: it is cluster-admin under another name',
} as const

/** A rule without verbs, or without anything to use them on, gives nothing. */
function applies(rule: PolicyRule): boolean {
  if (rule.verbs.length === 0) return false
  return rule.nonResourceURLs.length > 0 || (rule.resources.length > 0 && rule.apiGroups.length > 0)
}
