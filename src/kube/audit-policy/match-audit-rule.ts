import type { AuditPolicy, AuditResources, AuditRule } from './read-audit-policy.js'

/** What of a request an audit policy looks at. */
export interface AuditedRequest {
  readonly user: string
  readonly groups: readonly string[]
  readonly verb: string
  /** Of a request for a path that is no resource. */
  readonly path?: string
  readonly apiGroup?: string
  /** Missing where the request is for a path. */
  readonly resource?: string
  readonly subresource?: string
  /** Empty for what has no namespace, and for lists over all of them. */
  readonly namespace?: string
  /** Empty for lists and for what is being created. */
  readonly name?: string
}

/**
 * The first rule that matches a request: it alone decides. Undefined where none does, so that nothing is recorded.
 * Source: k8s.io/apiserver v0.36.3 pkg/audit/policy/checker.go, EvaluatePolicyRule and ruleMatches.
 */
export function matchAuditRule(policy: AuditPolicy, request: AuditedRequest): AuditRule | undefined {
  return policy.rules.find((rule) => ruleMatches(rule, request))
}

function ruleMatches(rule: AuditRule, request: AuditedRequest): boolean {
  if (!allows(rule.users, request.user)) return false
  if (rule.userGroups.length > 0 && !request.groups.some((group) => rule.userGroups.includes(group)))
    return false
  if (!allows(rule.verbs, request.verb)) return false
  if (rule.namespaces.length > 0 || rule.resources.length > 0) return matchesResource(rule, request)
  if (rule.nonResourceURLs.length === 0) return true
  const { path, resource } = request
  return resource === undefined && rule.nonResourceURLs.some((url) => matchesPath(url, path ?? ''))
}

/** An empty list allows everything. */
function allows(list: readonly string[], value: string): boolean {
  return list.length === 0 || list.includes(value)
}

function matchesPath(pattern: string, path: string): boolean {
  if (pattern === '*' || pattern === path) return true
  return pattern.endsWith('*') && path.startsWith(pattern.replace(/\*+$/, ''))
}

function matchesResource(rule: AuditRule, request: AuditedRequest): boolean {
  if (request.resource === undefined || !allows(rule.namespaces, request.namespace ?? '')) return false
  return rule.resources.length === 0 || rule.resources.some((each) => names(each, request))
}

function names(given: AuditResources, request: AuditedRequest): boolean {
  if (given.group !== '*' && given.group !== (request.apiGroup ?? '')) return false
  if (given.resources.length === 0) return true
  if (!allows(given.resourceNames, request.name ?? '')) return false
  const { resource = '', subresource = '' } = request
  const combined = subresource === '' ? resource : `${resource}/${subresource}`
  return given.resources.some(
    (each) =>
      each === combined ||
      each === '*' ||
      (subresource !== '' && each === `*/${subresource}`) ||
      (each.endsWith('/*') && each.slice(0, -2) === resource),
  )
}
