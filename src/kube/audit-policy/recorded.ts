import { matchAuditRule, type AuditedRequest } from './match-audit-rule.js'
import type { AuditLevel, AuditPolicy, AuditRule, AuditStage } from './read-audit-policy.js'

/** What becomes of a request in the audit log. */
export interface AuditRecord {
  /** None where nothing is written, for whatever reason. */
  readonly level: AuditLevel
  /** The rule that decided; missing where none matches. */
  readonly rule?: AuditRule
}

/** Sub-resources whose requests last. Source: kubernetes v1.36.3 pkg/controlplane/apiserver/config.go, BuildGenericConfig. */
const LASTING: ReadonlySet<string> = new Set(['attach', 'exec', 'proxy', 'log', 'portforward'])

/**
 * What an audit policy writes of a request. A body is known only when the request was handled, so that the stage of its
 * reception holds none.
 * Source: k8s.io/apiserver v0.36.3 pkg/endpoints/filters/audit.go, WithAudit.
 */
export function auditRecordOf(policy: AuditPolicy, request: AuditedRequest): AuditRecord {
  const rule = matchAuditRule(policy, request)
  if (rule === undefined) return { level: 'None' }
  const lasting = request.verb === 'watch' || LASTING.has(request.subresource ?? '')
  const handled: AuditStage[] = lasting ? ['ResponseStarted', 'ResponseComplete'] : ['ResponseComplete']
  if (rule.level === 'None' || handled.some((stage) => !rule.omitStages.includes(stage)))
    return { level: rule.level, rule }
  return { level: rule.omitStages.includes('RequestReceived') ? 'None' : 'Metadata', rule }
}

/** Whether any request at all leaves a trace. A panic of the server alone is none. */
export function recordsAnything(policy: AuditPolicy): boolean {
  return policy.rules.some(
    ({ level, omitStages }) =>
      level !== 'None' &&
      !(['RequestReceived', 'ResponseStarted', 'ResponseComplete'] as const).every((stage) =>
        omitStages.includes(stage),
      ),
  )
}

/** A name that no rule of a policy speaks of, so that it stands for every such name. */
export function unnamed(policy: AuditPolicy, base: string): string {
  const named = new Set(
    policy.rules.flatMap((rule) => [
      ...rule.users,
      ...rule.userGroups,
      ...rule.namespaces,
      ...rule.resources.flatMap(({ resourceNames }) => resourceNames),
    ]),
  )
  let name = base
  while (named.has(name)) name += '-x'
  return name
}

const MOST_VALUES = 20

/** Requests of one form that a rule speaks of: with its users, groups, namespaces and names, or those that nobody names. */
export function requestsOfRule(
  policy: AuditPolicy,
  rule: AuditRule,
  form: Pick<AuditedRequest, 'verb' | 'apiGroup' | 'resource' | 'subresource'>,
): AuditedRequest[] {
  const some = (values: readonly string[], otherwise: string): readonly string[] =>
    values.length === 0 ? [otherwise] : values.slice(0, MOST_VALUES)
  const names = form.verb === 'list' ? [''] : some(namesOf(rule), unnamed(policy, 'any-object'))
  return some(rule.users, unnamed(policy, 'any-user')).flatMap((user) =>
    some(rule.userGroups, 'system:authenticated').flatMap((group) =>
      some(rule.namespaces, unnamed(policy, 'any-namespace')).flatMap((namespace) =>
        names.map((name) => ({ ...form, user, groups: groupsWith(group), namespace, name })),
      ),
    ),
  )
}

function namesOf(rule: AuditRule): string[] {
  return rule.resources.some(({ resourceNames }) => resourceNames.length === 0)
    ? []
    : rule.resources.flatMap(({ resourceNames }) => resourceNames)
}

function groupsWith(group: string): string[] {
  return group === 'system:unauthenticated' ? [group] : [...new Set([group, 'system:authenticated'])]
}
