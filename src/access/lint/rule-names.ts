import type { PolicyRule } from '../../kube/index.js'
import { issue, type RuleIssue } from './issue.js'

// Requests about a collection carry no name; list and watch take the one that a field selector metadata.name requires.
// Source: kubernetes v1.36.2 apiserver pkg/endpoints/request/requestinfo.go, NewRequestInfo.
const NAMELESS = ['create', 'deletecollection']
const BY_SELECTOR = ['list', 'watch']
/** Resources whose names are patterns: `*` and `DOMAIN/*` are asked for as they are. */
const NAMED_BY_PATTERN: ReadonlySet<string> = new Set([
  'certificates.k8s.io/signers',
  'authentication.k8s.io/nodes',
])

/** Names that no request will ever carry. */
export function lintNames(rule: PolicyRule): RuleIssue[] {
  if (rule.resourceNames.length === 0) return []
  const path = [...rule.path, 'resourceNames']
  if (rule.resources.length === 0) {
    return [issue('names-never-match', 'error', path, '`resourceNames` stand in a rule without resources')]
  }
  return [...lintVerbsWithNames(rule, path), ...lintPatterns(rule, path)]
}

function lintVerbsWithNames(rule: PolicyRule, path: RuleIssue['path']): RuleIssue[] {
  // An empty name is that of requests without one; of a subresource create carries the name of its object.
  if (rule.resourceNames.includes('')) return []
  const collections = rule.resources.filter((entry) => !entry.includes('/'))
  if (collections.length === 0) return []
  const never = NAMELESS.filter((verb) => rule.verbs.includes(verb))
  const found: RuleIssue[] = []
  if (never.length > 0) {
    const message = `${inWords(never)} on ${inWords(collections)} carries no name, so \`resourceNames\` never lets it pass`
    found.push(issue('names-never-match', 'error', path, message))
  }
  const selected = BY_SELECTOR.filter((verb) => rule.verbs.includes(verb))
  if (selected.length > 0) {
    const message = `${inWords(selected)} passes \`resourceNames\` only with the field selector metadata.name=NAME`
    found.push(issue('names-need-selector', 'hint', path, message))
  }
  return found
}

function lintPatterns(rule: PolicyRule, path: RuleIssue['path']): RuleIssue[] {
  const patterns = rule.apiGroups.some((group) =>
    rule.resources.some((entry) => NAMED_BY_PATTERN.has(`${group}/${entry}`)),
  )
  if (patterns || rule.apiGroups.includes('*') || rule.resources.includes('*')) return []
  return rule.resourceNames.flatMap((name, at) =>
    name.includes('*')
      ? [
          issue(
            'names-never-match',
            'error',
            [...path, at],
            `\`${name}\` in \`resourceNames\` is taken literally and is no name`,
          ),
        ]
      : [],
  )
}

function inWords(words: readonly string[]): string {
  return words.map((word) => `\`${word}\``).join(' and ')
}
