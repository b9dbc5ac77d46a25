import { RBAC_GROUP } from '../../kube/index.js'
import { goQuote } from '../../text/index.js'
import type { User } from '../attributes.js'
import type { Chain, ChainDecision } from '../chain/index.js'
import { askedBy, resourceQuestion } from '../questions/index.js'
import { uncoveredAtoms, type Atom, type RbacAuthorizer, type Role, type RuleParts } from '../rbac/index.js'

/** Whether the escalation check lets a user write a role, or bind it. */
export interface GrantCheck {
  readonly allowed: boolean
  /** Why: the group system:masters, the verb, or that every right is held. */
  readonly because: string
  /** What the user would need and does not hold; empty where it is allowed. */
  readonly missing: readonly Atom[]
  /** The text that the API server answers with; absent where it is allowed. */
  readonly refusal?: string
  /** What the chain said about the verb that would allow it without holding the rights. */
  readonly verb?: ChainDecision
}

const EVERYTHING: readonly RuleParts[] = [
  { verbs: ['*'], apiGroups: ['*'], resources: ['*'], resourceNames: [], nonResourceURLs: [] },
  { verbs: ['*'], apiGroups: [], resources: [], resourceNames: [], nonResourceURLs: ['*'] },
]

/**
 * Whether a user may write these rules into a role. A role that is created has no name yet, so a right to `escalate`
 * that is limited to names does not help. With an aggregation rule everything must be held.
 * Source: kubernetes v1.36.2 pkg/registry/rbac/escalation_check.go and {role,clusterrole}/policybased/storage.go.
 */
export function canWriteRole(
  chain: Chain,
  rbac: RbacAuthorizer,
  user: User,
  role: {
    readonly kind: 'Role' | 'ClusterRole'
    readonly name: string
    readonly namespace: string
    readonly rules: readonly RuleParts[]
    readonly aggregated: boolean
    readonly exists: boolean
  },
): GrantCheck {
  const resource = role.kind === 'Role' ? 'roles' : 'clusterroles'
  const namespace = role.kind === 'Role' ? role.namespace : ''
  const name = role.exists ? role.name : ''
  const rules = role.aggregated ? [...role.rules, ...EVERYTHING] : role.rules
  return check(chain, rbac, user, { verb: 'escalate', resource, namespace, name }, rules)
}

/**
 * Whether a user may bind a role in a namespace, or in the whole cluster (empty).
 * Source: the same, BindingAuthorized, and {rolebinding,clusterrolebinding}/policybased/storage.go.
 */
export function canBindRole(
  chain: Chain,
  rbac: RbacAuthorizer,
  user: User,
  role: Role,
  namespace: string,
): GrantCheck {
  const resource = role.object.ref.kind === 'Role' ? 'roles' : 'clusterroles'
  const rules = role.rules.map(({ rule }) => rule)
  return check(chain, rbac, user, { verb: 'bind', resource, namespace, name: role.object.ref.name }, rules)
}

function check(
  chain: Chain,
  rbac: RbacAuthorizer,
  user: User,
  question: { verb: string; resource: string; namespace: string; name: string },
  rules: readonly RuleParts[],
): GrantCheck {
  if (user.groups.includes('system:masters')) {
    return { allowed: true, because: 'members of system:masters are not checked', missing: [] }
  }
  const verb = chain.decide(askedBy(user, resourceQuestion({ ...question, group: RBAC_GROUP })))
  if (verb.verdict === 'allow')
    return { allowed: true, because: `the verb ${question.verb} is allowed`, missing: [], verb }
  const { rules: held = [], incomplete = [] } = rbac.rulesFor?.(user, question.namespace) ?? {}
  const missing = uncoveredAtoms(held, rules)
  if (missing.length === 0)
    return { allowed: true, because: 'every right in it is held already', missing, verb }
  return {
    allowed: false,
    because: `neither the verb ${question.verb} nor every right in it is held`,
    missing,
    refusal: refusalText(user, missing, incomplete),
    verb,
  }
}

/** Source: pkg/registry/rbac/validation/rule.go, ConfirmNoEscalation; verbs on one resource are put together. */
function refusalText(user: User, missing: readonly Atom[], unresolved: readonly string[]): string {
  const lines = new Map<string, { atom: Atom; verbs: string[] }>()
  for (const [index, atom] of missing.entries()) {
    const { verb, ...rest } = atom
    const key = atom.nonResourceURL === undefined ? JSON.stringify(rest) : `url ${index}`
    const known = lines.get(key)
    if (known === undefined) lines.set(key, { atom, verbs: [verb] })
    else known.verbs.push(verb)
  }
  const texts = new Set([...lines.values()].map(({ atom, verbs }) => compactText(atom, verbs)))
  const groups = `[${user.groups.map(goQuote).join(' ')}]`
  return `user ${goQuote(user.name)} (groups=${groups}) is attempting to grant RBAC permissions not currently held:\n${[...texts].sort().join('\n')}${resolutionErrors(unresolved)}`
}

/** An aggregate of errors in a list, as Go prints it: each text once, more than one in brackets of their own. */
function resolutionErrors(unresolved: readonly string[]): string {
  const once = [...new Set(unresolved)]
  if (once.length === 0) return ''
  return `; resolution errors: [${once.length === 1 ? once.join('') : `[${once.join(', ')}]`}]`
}

/** Source: pkg/apis/rbac/helpers.go, PolicyRule.CompactString. */
function compactText(atom: Atom, verbs: readonly string[]): string {
  const list = (values: readonly string[]): string => `[${values.map(goQuote).join(' ')}]`
  const parts = [
    ...(atom.apiGroup === undefined ? [] : [`APIGroups:${list([atom.apiGroup])}`]),
    ...(atom.resource === undefined ? [] : [`Resources:${list([atom.resource])}`]),
    ...(atom.nonResourceURL === undefined ? [] : [`NonResourceURLs:${list([atom.nonResourceURL])}`]),
    ...(atom.resourceName === undefined ? [] : [`ResourceNames:${list([atom.resourceName])}`]),
    `Verbs:${list(verbs)}`,
  ]
  return `{${parts.join(', ')}}`
}
