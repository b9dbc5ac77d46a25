import type { Attributes, User } from '../attributes.js'
import type { Authorizer, Decision, ListedRule, ListedRules } from '../authorizer.js'
import { readPolicyFile, type AbacPolicyFile } from './policy-file.js'
import type { AbacPolicy } from './policy-line.js'

/** The ABAC authorizer with the file that it decides from. */
export interface AbacAuthorizer extends Authorizer {
  readonly type: 'ABAC'
  readonly file: AbacPolicyFile
  authorize(attributes: Attributes): Decision
  /** Every line that allows what is asked. */
  policiesFor(attributes: Attributes): readonly AbacPolicy[]
}

const READS = ['get', 'list', 'watch']

/**
 * ABAC as the API server decides it: the first line that matches allows; it never denies. Subresource and name are
 * not looked at. With a file that the API server refuses, the lines that can be read decide: look at `file.errors`.
 * Source: kubernetes v1.36.2 pkg/auth/authorizer/abac/abac.go.
 */
export function createAbacAuthorizer(text: string, file: string): AbacAuthorizer {
  const read = readPolicyFile(text, file)
  const grantOf = ({ line }: AbacPolicy) => ({ kind: 'abac', file, line }) as const
  return {
    name: 'abac',
    type: 'ABAC',
    file: read,
    authorize: (attributes) => {
      const policy = read.policies.find((each) => matches(each, attributes))
      return policy === undefined
        ? { verdict: 'noOpinion', reason: 'No policy matched.' }
        : { verdict: 'allow', reason: '', grant: grantOf(policy) }
    },
    policiesFor: (attributes) => read.policies.filter((each) => matches(each, attributes)),
    rulesFor: (user, namespace): ListedRules => ({
      rules: read.policies
        .filter((each) => subjectMatches(each, user) && isOneOf(each.namespace, namespace))
        .flatMap((policy) => listed(policy).map((rule) => ({ ...rule, grant: grantOf(policy) }))),
      incomplete: [],
    }),
  }
}

function matches(policy: AbacPolicy, attributes: Attributes): boolean {
  if (!subjectMatches(policy, attributes.user)) return false
  if (policy.readonly && !READS.includes(attributes.verb)) return false
  if (attributes.kind === 'nonResource') return pathMatches(policy.nonResourcePath, attributes.path)
  return (
    isOneOf(policy.namespace, attributes.namespace) &&
    isOneOf(policy.resource, attributes.resource) &&
    isOneOf(policy.apiGroup, attributes.group)
  )
}

/** Both must match where both are set; a policy with neither matches nobody. */
export function subjectMatches({ user, group }: AbacPolicy, asked: User): boolean {
  if (user === '' && group === '') return false
  return (user === '' || user === asked.name) && (group === '' || asked.groups.includes(group))
}

function isOneOf(pattern: string, value: string): boolean {
  return pattern === '*' || pattern === value
}

/** Stars at the end stand for any rest. */
function pathMatches(pattern: string, path: string): boolean {
  if (pattern === path) return true
  return pattern.endsWith('*') && path.startsWith(pattern.replace(/\*+$/, ''))
}

function listed(policy: AbacPolicy): Omit<ListedRule, 'grant'>[] {
  const verbs = policy.readonly ? READS : ['*']
  const none = { verbs, apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: [] }
  return [
    ...(policy.resource === ''
      ? []
      : [{ ...none, apiGroups: [policy.apiGroup], resources: [policy.resource] }]),
    ...(policy.nonResourcePath === '' ? [] : [{ ...none, nonResourceURLs: [policy.nonResourcePath] }]),
  ]
}
