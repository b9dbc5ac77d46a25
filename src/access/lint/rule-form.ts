import type { PolicyRule } from '../../kube/index.js'
import { issue, type RuleIssue } from './issue.js'
import { verbsOf, type KnownApis } from './known-apis.js'

/** What is missing from a rule, stands twice in it, is everything, or has no meaning in a role of its kind. */
export function lintForm(rule: PolicyRule, kind: string, apis: KnownApis): RuleIssue[] {
  return [
    ...lintMissing(rule),
    ...lintUrls(rule, kind),
    ...lintScope(rule, kind, apis),
    ...lintWildcards(rule),
    ...lintRepetition(rule),
  ]
}

/** Source: kubernetes v1.36.2 pkg/apis/rbac/validation/validation.go, ValidatePolicyRule. */
function lintMissing(rule: PolicyRule): RuleIssue[] {
  const refused = (message: string): RuleIssue =>
    issue('incomplete-rule', 'error', rule.path, `${message}; the API server refuses it`)
  const found: RuleIssue[] = []
  if (rule.verbs.length === 0) found.push(refused('the rule names no verb'))
  const { apiGroups, resources, resourceNames, nonResourceURLs } = rule
  if (nonResourceURLs.length > 0) {
    if (apiGroups.length + resources.length + resourceNames.length > 0) {
      found.push(refused('a rule is about resources or about URLs, not about both'))
    }
    return found
  }
  if (apiGroups.length === 0) found.push(refused('the rule names no API group ("" is the core group)'))
  if (resources.length === 0) found.push(refused('the rule names no resource'))
  return found
}

function lintUrls(rule: PolicyRule, kind: string): RuleIssue[] {
  const path = [...rule.path, 'nonResourceURLs']
  if (rule.nonResourceURLs.length > 0 && kind === 'Role') {
    return [
      issue(
        'url-in-role',
        'error',
        path,
        'a Role cannot hold `nonResourceURLs`, only a ClusterRole can: URLs are in no namespace',
      ),
    ]
  }
  return rule.nonResourceURLs.flatMap((url, at) => {
    if (url === '*') return []
    if (!url.startsWith('/')) {
      return [
        issue(
          'url-form',
          'error',
          [...path, at],
          `\`${url}\` does not begin with a slash and matches nothing`,
          [`/${url}`],
        ),
      ]
    }
    if (!url.slice(0, -1).includes('*')) return []
    return [issue('url-form', 'error', [...path, at], `\`${url}\`: only a star at the end is a wildcard`)]
  })
}

/** A Role is asked only about what is in its namespace; of the resources outside of one that is the namespace itself. */
function lintScope(rule: PolicyRule, kind: string, apis: KnownApis): RuleIssue[] {
  if (kind !== 'Role') return []
  return rule.resources.flatMap((entry, at) => {
    const name = entry.split('/', 1)[0] ?? ''
    if (name === '*' || name === 'namespaces' || rule.apiGroups.some((group) => !apis.groups.has(group)))
      return []
    const forms = rule.apiGroups.flatMap((group) => apis.resource(group, name))
    if (forms.some((form) => form.namespaced)) return []
    const virtual = rule.apiGroups.some((group) => verbsOf(apis, group, name) !== undefined)
    if (forms.length === 0 && !virtual) return []
    const message = `\`${name}\` is in no namespace: only a ClusterRole gives access to it`
    return [issue('cluster-scoped', 'error', [...rule.path, 'resources', at], message)]
  })
}

const LISTS = ['verbs', 'apiGroups', 'resources', 'resourceNames', 'nonResourceURLs'] as const

function lintWildcards(rule: PolicyRule): RuleIssue[] {
  const wide = (['verbs', 'apiGroups', 'resources', 'nonResourceURLs'] as const).filter((list) =>
    rule[list].includes('*'),
  )
  const [first] = wide
  if (first === undefined) return []
  const path = [...rule.path, first, rule[first].indexOf('*')]
  return [
    issue(
      'wildcard',
      'warning',
      path,
      `\`*\` in ${wide.map((list) => `\`${list}\``).join(' and ')} also gives what comes later`,
    ),
  ]
}

function lintRepetition(rule: PolicyRule): RuleIssue[] {
  return LISTS.flatMap((list) => {
    const seen = new Set<string>()
    return rule[list].flatMap((word, at) => {
      if (!seen.has(word)) {
        seen.add(word)
        return []
      }
      return [
        issue('duplicate', 'warning', [...rule.path, list, at], `\`${word}\` stands twice in \`${list}\``),
      ]
    })
  })
}
