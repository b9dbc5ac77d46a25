import type { RuleParts } from '../../access/index.js'
import { describeRule, type RequestLog } from '../../kube/index.js'
import { unknown, type Fix, type KubeObject } from '../../model/index.js'
import { defineCheck, type ObjectSubject, type Report } from '../define-check.js'
import { advice } from '../precondition.js'
import { kubernetesDocs } from '../references.js'
import { BINDINGS } from './binding-grants.js'
import { auditLogOf } from './example-audit-log.js'
import { bindingOf, clusterRole } from './example-objects.js'
import { holdersOf, useOf, type Holder, type HolderUse } from './unused-rights.js'

export const rbacUnused = defineCheck({
  id: 'rbac-unused',
  title: 'A subject holds rights that the audit log never shows used',
  severity: 'info',
  because: 'what is not used may still be needed on another day',
  reach: 'user',
  appliesTo: 'object',
  kinds: ['ServiceAccount', ...BINDINGS],
  byDefault: false,
  needs: 'auditLog',
  why: 'A right that nobody uses serves only who takes the subject over. Taking it away costs nothing, and it is hard to find by reading roles alone.',
  references: [
    kubernetesDocs('concepts/security/rbac-good-practices/#least-privilege'),
    kubernetesDocs('tasks/debug/debug-cluster/audit/'),
  ],
  evaluate(subject, report) {
    const { object, index, estate, settings } = subject
    const holders = holdersOf(index).byAnchor.get(object) ?? []
    const { auditLog: log } = settings
    if (log === undefined || log.users.size === 0) return reportNoLog(subject, report, log)
    for (const holder of holders) judge(holder, useOf(holder, log, estate), log, report)
  },
  examples: {
    bad: {
      manifests: runnerWith(['get', 'list', 'delete']),
      settings: { auditLog: logOfRunner('get', 'list') },
    },
    good: { manifests: runnerWith(['get', 'list']), settings: { auditLog: logOfRunner('get', 'list') } },
  },
})

function runnerWith(verbs: readonly string[]): string {
  const runner = { kind: 'ServiceAccount', namespace: 'ci', name: 'runner' }
  return `${clusterRole('ci-runner', [{ verbs, apiGroups: [''], resources: ['pods'] }])}---
${bindingOf('ci-runner', 'ci-runner', runner)}`
}

function logOfRunner(...verbs: readonly string[]): RequestLog {
  return auditLogOf(
    ...verbs.map((verb) => ({ user: 'system:serviceaccount:ci:runner', verb, resource: 'pods' })),
  )
}

/** Said once: it is the same for all. */
function reportNoLog({ object, index }: ObjectSubject, report: Report, log: RequestLog | undefined): void {
  if (holdersOf(index).first !== object) return
  if (log === undefined) report.unknown(unknown('not-given', 'no audit log was given (--audit-log FILE)'))
  else report.unknown(unknown('no-source', 'the audit log holds no request that was allowed'))
}

function judge(holder: Holder, { seen, handsOn, uses }: HolderUse, log: RequestLog, report: Report): void {
  if (holder.kind === 'group' && seen === 0) {
    const detail = `no member of ${holder.name} is in the audit log: what it would use is not known`
    return report.unknown(unknown('no-source', detail, placeOf(holder.held[0])))
  }
  const idle = uses.filter(({ use }) => use.unused.length > 0 || use.wide.length > 0)
  if (idle.length === 0) return
  const members = holder.kind === 'group' ? ` (${seen} ${seen === 1 ? 'member' : 'members'} seen)` : ''
  const nothing = uses.every(({ use }) => use.isIdle)
  const rights = listed(idle.flatMap(({ use }) => unusedWords(use)))
  report.fail(
    idle.map((each) => ({
      origin: placeOf(each) ?? { kind: 'object', object: holder.anchor, path: [] },
      message: each.use.isIdle
        ? `nothing of ${roleOf(each)} was used`
        : `of ${roleOf(each)}: ${listed(unusedWords(each.use))}`,
    })),
    {
      message: `${holder.name}${members} ${nothing ? 'used nothing of what its bindings give' : 'holds more than it used'} in ${windowOf(log)}: ${rights}`,
      fix: fixOf(idle, handsOn),
    },
  )
}

type Idle = HolderUse['uses'][number]

function placeOf(
  held: Pick<Idle, 'binding' | 'subject'> | undefined,
): { kind: 'object'; object: KubeObject; path: readonly (string | number)[] } | undefined {
  return held && { kind: 'object', object: held.binding.object, path: held.subject.path }
}

function roleOf({ binding }: Idle): string {
  return `${binding.roleKind} ${binding.roleName}`
}

function bindingName({ binding: { object, namespace } }: Idle): string {
  return `${object.ref.kind} ${namespace === '' ? '' : `${namespace}/`}${object.ref.name}`
}

function unusedWords({ unused, wide }: Idle['use']): string[] {
  return [
    ...unused.map((rule) => `never ${wordsOf(rule)}`),
    ...wide.map((rule) => `only a part of ${wordsOf(rule)}`),
  ]
}

function wordsOf(rule: RuleParts): string {
  return describeRule({ ...rule, path: [] })
}

const MOST_LISTED = 8

function listed(words: readonly string[]): string {
  const different = [...new Set(words)]
  const more = different.length - MOST_LISTED
  return `${different.slice(0, MOST_LISTED).join('; ')}${more > 0 ? `; and ${more} more` : ''}`
}

function fixOf(idle: readonly Idle[], handsOn: boolean): Fix {
  const gone = idle.filter(({ use }) => use.isIdle)
  const smaller = idle.filter(({ use }) => !use.isIdle)
  const texts = [
    ...(gone.length === 0
      ? []
      : [`Take the subject out of ${listed(gone.map(bindingName))}, of which it used nothing.`]),
    ...smaller.map((each) => {
      const { needed, namespace } = each.use
      const where = namespace === undefined ? '' : `, by a RoleBinding in namespace ${namespace} alone`
      return `Instead of ${roleOf(each)} (${bindingName(each)}), give it a role with: ${listed(needed.map(wordsOf))}${where}.`
    }),
  ]
  const lost = 'rare work outside of these days, and what the audit policy does not record'
  return advice(texts.join(' '), {
    breaks: handsOn ? `${lost}; it writes roles or bindings, and may give others only what it holds` : lost,
    needs: 'the log is that of every API server, and covers the work that is done once a month or year',
  })
}

/** `14 days of log`. */
function windowOf({ since, until }: RequestLog): string {
  const hours = Math.floor((until - since) / 3600)
  const [count, unit] = hours < 48 ? [hours, 'hour'] : [Math.floor(hours / 24), 'day']
  return count === 0 ? 'less than an hour of log' : `${count} ${unit}${count === 1 ? '' : 's'} of log`
}
