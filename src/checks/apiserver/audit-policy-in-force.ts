import { flagDocument, type FlagDocument } from '../../effective/index.js'
import { readAuditPolicy, recordsAnything, type AuditPolicy, type AuditRule } from '../../kube/index.js'
import type { ComponentSubject, Report } from '../define-check.js'

/** An audit policy that records something, with where it stands. */
export type PolicyInForce = FlagDocument<AuditPolicy>

/**
 * The policy by which a backend records; undefined once it was reported that there is none, that it records nothing, or
 * that nobody can know.
 */
export function auditPolicyInForce(apiserver: ComponentSubject, report: Report): PolicyInForce | undefined {
  const backends = apiserver.strings('audit-backends')
  const policy = flagDocument(apiserver, 'audit-policy-file', readAuditPolicy)
  if (backends.known && backends.value.length === 0) report.notApplicable('no audit policy is in force')
  else if (!backends.known) report.unknown(backends)
  else if (!policy.known) report.unknown(policy)
  else if (policy.value !== undefined && recordsAnything(policy.value.value)) return policy.value
  else report.notApplicable('the audit policy records nothing')
  return undefined
}

/** `None of get secrets in kube-system`. */
export function ruleInWords({
  level,
  users,
  userGroups,
  verbs,
  resources,
  namespaces,
  nonResourceURLs,
}: AuditRule): string {
  const things = resources.flatMap(({ group, resources: names }) =>
    names.length === 0
      ? [`${group === '' ? 'core' : group}/*`]
      : names.map((name) => (group === '' ? name : `${name}.${group}`)),
  )
  const parts = [
    ['of', verbs],
    ['', [...things, ...nonResourceURLs]],
    ['in', namespaces],
    ['by', [...users, ...userGroups]],
  ] as const
  const said = parts.flatMap(([word, values]) =>
    values.length === 0 ? [] : [`${word} ${values.join(',')}`.trim()],
  )
  return [level, ...said].join(' ').slice(0, 300)
}
