import type { Access } from '../create-authorizer.js'
import type { Grant, ListedRule } from '../authorizer.js'
import { findEscalations, sortEscalations, type Escalation } from '../escalation/index.js'
import { holderOf, type Holder } from '../questions/index.js'
import { subjectUser } from '../identity/index.js'
import { uncoveredAtoms, type Atom, type Binding, type RbacAuthorizer } from '../rbac/index.js'

/** Rights on one resource (with one name at most) or URL that one grant gives or gave. */
export interface ChangedRight {
  readonly verbs: readonly string[]
  readonly apiGroup?: string
  readonly resource?: string
  readonly resourceName?: string
  readonly nonResourceURL?: string
  readonly grant: Grant
}

/** What one subject gained and lost in one scope. */
export interface SubjectDifference {
  readonly subject: Omit<Holder, 'grants'>
  /** Empty for the whole cluster. */
  readonly namespace: string
  readonly gained: readonly ChangedRight[]
  readonly lost: readonly ChangedRight[]
}

export interface AccessDifference {
  /** Techniques of escalation that somebody holds now and did not before. */
  readonly escalations: readonly Escalation[]
  /** Techniques that somebody holds no longer. */
  readonly escalationsGone: readonly Escalation[]
  readonly subjects: readonly SubjectDifference[]
}

type Subject = Omit<Holder, 'grants'>

/**
 * Effective RBAC access gained and lost from one state of a cluster to another. What moves from one binding or role to
 * another and stays the same access is no difference; what a namespace gives that the whole cluster gave before is none
 * either.
 */
export function accessDifference(before: Access, after: Access): AccessDifference {
  if (before.rbac === undefined || after.rbac === undefined) {
    return { escalations: [], escalationsGone: [], subjects: [] }
  }
  const found = new Map<string, { subject: Subject; namespaces: Set<string> }>()
  for (const { policy } of [before.rbac, after.rbac]) {
    for (const binding of [...policy.clusterRoleBindings, ...policy.roleBindings]) note(found, binding)
  }
  const subjects = [...found.entries()]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, { subject, namespaces }]) =>
      ['', ...[...namespaces].sort()].flatMap((namespace) => {
        const gained = rightsBeyond(after.rbac, before.rbac, subject, namespace)
        const lost = rightsBeyond(before.rbac, after.rbac, subject, namespace)
        return gained.length + lost.length === 0 ? [] : [{ subject, namespace, gained, lost }]
      }),
    )
  const old = findEscalations(before.rbac, before.index, { minor: before.minor })
  const now = findEscalations(after.rbac, after.index, { minor: after.minor })
  return { escalations: beyond(now, old), escalationsGone: beyond(old, now), subjects }
}

function note(found: Map<string, { subject: Subject; namespaces: Set<string> }>, binding: Binding): void {
  binding.subjects.forEach((_each, position) => {
    const subject = holderOf(binding, position)
    if (subject === undefined) return
    const key = keyOf(subject)
    let known = found.get(key)
    if (known === undefined) found.set(key, (known = { subject, namespaces: new Set() }))
    if (binding.namespace !== '') known.namespaces.add(binding.namespace)
  })
}

function keyOf({ kind, namespace, name }: Subject): string {
  return [kind, namespace, name].join('\0')
}

/** Rights of a scope that `one` gives a subject by name and `other` does not give it in any way. */
function rightsBeyond(
  one: RbacAuthorizer | undefined,
  other: RbacAuthorizer | undefined,
  subject: Subject,
  namespace: string,
): ChangedRight[] {
  const user = userOf(subject)
  const given = (one?.rulesFor?.(user, namespace).rules ?? []).filter((rule) =>
    isOfScope(rule, subject, namespace),
  )
  if (given.length === 0) return []
  const held = other?.rulesFor?.(user, namespace).rules ?? []
  return given.flatMap((rule) => compact(uncoveredAtoms(held, [effective(rule, namespace)]), rule.grant))
}

/** A RoleBinding gives no URLs. */
function effective(rule: ListedRule, namespace: string): ListedRule {
  return namespace === '' ? rule : { ...rule, nonResourceURLs: [] }
}

/** Whether a rule comes from a binding of this scope that names the subject itself. */
function isOfScope({ grant }: ListedRule, subject: Subject, namespace: string): boolean {
  if (grant.kind !== 'rbac') return false
  if ((grant.binding.ref.kind === 'ClusterRoleBinding') !== (namespace === '')) return false
  return keyOf(subject) === subjectOfGrant(grant, subject, namespace)
}

function subjectOfGrant(
  grant: Extract<Grant, { kind: 'rbac' }>,
  subject: Subject,
  namespace: string,
): string {
  const subjects = grant.binding.content.subjects
  const named = Array.isArray(subjects)
    ? (subjects as { kind?: unknown; name?: unknown; namespace?: unknown }[])
    : []
  const found = named.some(
    (each) =>
      each?.kind === subject.kind &&
      each.name === subject.name &&
      (subject.kind !== 'ServiceAccount' || (each.namespace ?? namespace) === subject.namespace),
  )
  return found ? keyOf(subject) : ''
}

function userOf({ kind, name, namespace }: Subject) {
  if (kind === 'ServiceAccount') return subjectUser(`system:serviceaccount:${namespace}:${name}`)
  if (kind === 'Group') return { name: '', uid: '', groups: [name], extra: new Map<string, string[]>() }
  return subjectUser(name)
}

function compact(atoms: readonly Atom[], grant: Grant): ChangedRight[] {
  const rights = new Map<string, { atom: Atom; verbs: string[] }>()
  for (const atom of atoms) {
    const { verb, ...rest } = atom
    const key = JSON.stringify(rest)
    const known = rights.get(key)
    if (known === undefined) rights.set(key, { atom, verbs: [verb] })
    else if (!known.verbs.includes(verb)) known.verbs.push(verb)
  }
  return [...rights.values()].map(({ atom: { verb: _verb, ...rest }, verbs }) => ({ ...rest, verbs, grant }))
}

function beyond(some: readonly Escalation[], others: readonly Escalation[]): Escalation[] {
  const keys = new Set(others.map(escalationKey))
  return sortEscalations(some.filter((each) => !keys.has(escalationKey(each))))
}

function escalationKey({ subject, technique, namespace, names }: Escalation): string {
  return [keyOf(subject), technique.id, namespace, ...names].join('\0')
}
