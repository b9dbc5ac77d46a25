import type { KubeObject } from '../../model/index.js'
import type { Chain } from '../chain/index.js'
import type { RbacAuthorizer } from '../rbac/index.js'
import { resourceQuestion, type Question } from './question.js'
import { whoCan, type Holder } from './who-can.js'

const AUTHENTICATION = 'authentication.k8s.io'
/** Minor version in which constrained impersonation is on by default. */
const CONSTRAINED_SINCE = 36

/**
 * Who may act as one of some holders: with the verb impersonate on it, or with both halves of constrained
 * impersonation (the right on the identity, and the right to the very question). One step only: who may act as an
 * impersonator is not followed. Holders themselves are not listed again.
 * Source: kubernetes v1.36.2 apiserver pkg/endpoints/filters/impersonation.
 */
export function impersonators(
  chain: Chain,
  question: Question,
  holders: readonly Holder[],
  objects: readonly KubeObject[],
  options: { readonly minor?: number } = {},
): readonly Holder[] {
  const found = new Map<string, Holder>()
  const own = new Set(holders.map(keyOf))
  const asked = new Map<string, readonly Holder[]>()
  const ask = (about: Question): readonly Holder[] => {
    const key = JSON.stringify(about)
    let answer = asked.get(key)
    if (answer === undefined) asked.set(key, (answer = whoCan(chain, about, objects).holders))
    return answer
  }
  const add = (holder: Holder): void => {
    if (own.has(keyOf(holder))) return
    const known = found.get(keyOf(holder))
    const grants = [...(known?.grants ?? []), ...holder.grants]
    found.set(keyOf(holder), {
      ...holder,
      grants: [...new Map(grants.map((grant) => [JSON.stringify(idOf(grant)), grant])).values()],
    })
  }
  // A request that names groups names a user too: a right on groups alone is of no use.
  const withUser = new Set(userQuestions(chain).flatMap((about) => ask(about).map(keyOf)))
  const constrainedIsOn = (options.minor ?? CONSTRAINED_SINCE) >= CONSTRAINED_SINCE
  for (const target of holders) {
    for (const holder of ask(legacy(target))) {
      if (target.kind !== 'Group' || withUser.has(keyOf(holder))) add(holder)
    }
    const constrained = constrainedHalves(target, question)
    if (constrained === undefined || !constrainedIsOn) continue
    const second = new Set(ask(constrained.on).map(keyOf))
    for (const holder of ask(constrained.who)) if (second.has(keyOf(holder))) add(holder)
  }
  return [...found.values()].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

/** Whom somebody may impersonate at all: anybody, or a user or account that a rule names. */
function userQuestions(chain: Chain): Question[] {
  const rbac = chain.members.find((member): member is RbacAuthorizer => member.type === 'RBAC')
  const named = (rbac?.policy.roles ?? []).flatMap(({ rules }) =>
    rules.flatMap(({ rule }) =>
      rule.verbs.includes('impersonate') && rule.resources.includes('users') ? rule.resourceNames : [],
    ),
  )
  return ['', ...new Set(named)].map((name) =>
    resourceQuestion({ verb: 'impersonate', resource: 'users', name }),
  )
}

function idOf(grant: Holder['grants'][number]): unknown {
  if (grant.kind !== 'rbac') return grant
  return [grant.binding.ref, grant.subject, grant.ruleIn.ref, grant.rule]
}

function keyOf({ kind, namespace, name, alsoInGroup }: Holder): string {
  return [kind, namespace, name, alsoInGroup ?? ''].join('\0')
}

function legacy({ kind, name, namespace }: Holder): Question {
  if (kind === 'ServiceAccount') {
    return resourceQuestion({ verb: 'impersonate', resource: 'serviceaccounts', namespace, name })
  }
  const resource = kind === 'Group' ? 'groups' : 'users'
  return resourceQuestion({ verb: 'impersonate', resource, name })
}

function constrainedHalves(
  { kind, name, namespace }: Holder,
  question: Question,
): { who: Question; on: Question } | undefined {
  if (kind === 'Everybody' || (kind === 'Group' && name === 'system:masters')) return undefined
  const mode = kind === 'ServiceAccount' ? 'serviceaccount' : 'user-info'
  const resource = kind === 'ServiceAccount' ? 'serviceaccounts' : kind === 'Group' ? 'groups' : 'users'
  const who = resourceQuestion({
    verb: `impersonate:${mode}`,
    group: AUTHENTICATION,
    resource,
    name,
    namespace,
  })
  return { who, on: { ...question, verb: `impersonate-on:${mode}:${question.verb}` } }
}
