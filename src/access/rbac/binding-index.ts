import { compileRule, type CompiledRule, type ResourceQuestion } from './rule-match.js'
import type { Attributes } from '../attributes.js'
import type { Binding, RbacPolicy, Role, Subject } from './policy.js'
import type { SourcedRule } from './aggregate.js'

/** A binding with its place in the order of visits and the compiled rules of its role. */
export interface IndexedBinding {
  readonly order: number
  readonly binding: Binding
  readonly role: CompiledRole | undefined
}

/** The rules of one role, by verb, so that most of them are never looked at. */
export interface CompiledRole {
  readonly role: Role
  readonly rules: readonly { readonly source: SourcedRule; readonly compiled: CompiledRule }[]
  /** The first rule that allows what is asked. */
  find(attributes: Attributes, question: ResourceQuestion | undefined): SourcedRule | undefined
}

/** The bindings of one scope (the cluster, or a namespace) by the user name and the group that they name. */
export interface Scope {
  readonly byUser: ReadonlyMap<string, readonly IndexedBinding[]>
  readonly byGroup: ReadonlyMap<string, readonly IndexedBinding[]>
  readonly byRole: ReadonlyMap<CompiledRole, readonly IndexedBinding[]>
}

export interface BindingIndex {
  readonly cluster: Scope
  readonly namespaces: ReadonlyMap<string, Scope>
  readonly roles: readonly CompiledRole[]
}

interface OpenScope extends Scope {
  readonly byUser: Map<string, IndexedBinding[]>
  readonly byGroup: Map<string, IndexedBinding[]>
  readonly byRole: Map<CompiledRole, IndexedBinding[]>
}

/** Indexes a policy once; linear in the number of subjects and rules. */
export function indexBindings(policy: RbacPolicy): BindingIndex {
  const compiled = new Map(policy.roles.map((role) => [role, compileRole(role)]))
  const cluster = openScope()
  const namespaces = new Map<string, OpenScope>()
  let order = 0
  const add = (scope: OpenScope, binding: Binding): void => {
    const role = binding.role === undefined ? undefined : compiled.get(binding.role)
    const indexed: IndexedBinding = { order: order++, binding, role }
    if (role !== undefined) push(scope.byRole, role, indexed)
    for (const subject of binding.subjects) {
      const user = userNameOf(subject, binding.namespace)
      if (user !== undefined) push(scope.byUser, user, indexed)
      else if (subject.kind === 'Group') push(scope.byGroup, subject.name, indexed)
    }
  }
  for (const binding of policy.clusterRoleBindings) add(cluster, binding)
  for (const binding of policy.roleBindings) {
    let scope = namespaces.get(binding.namespace)
    if (scope === undefined) namespaces.set(binding.namespace, (scope = openScope()))
    add(scope, binding)
  }
  return { cluster, namespaces, roles: [...compiled.values()] }
}

/**
 * The user name that a subject stands for; undefined for groups, for unknown kinds and for an account without a
 * namespace in a ClusterRoleBinding, which never matches.
 * Source: kubernetes v1.36.2 pkg/registry/rbac/validation/rule.go, appliesToUser.
 */
export function userNameOf(subject: Subject, bindingNamespace: string): string | undefined {
  if (subject.kind === 'User') return subject.name
  if (subject.kind !== 'ServiceAccount') return undefined
  const namespace = subject.namespace === '' ? bindingNamespace : subject.namespace
  return namespace === '' ? undefined : `system:serviceaccount:${namespace}:${subject.name}`
}

function openScope(): OpenScope {
  return { byUser: new Map(), byGroup: new Map(), byRole: new Map() }
}

function push<K>(lists: Map<K, IndexedBinding[]>, key: K, binding: IndexedBinding): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [binding])
  // A binding that names a subject twice is listed once.
  else if (list[list.length - 1] !== binding) list.push(binding)
}

function compileRole(role: Role): CompiledRole {
  const rules = role.rules.map((source) => ({ source, compiled: compileRule(source.rule) }))
  const everyVerb = rules.filter(({ source }) => source.rule.verbs.includes('*'))
  const byVerb = new Map<string, typeof rules>()
  for (const verb of new Set(rules.flatMap(({ source }) => source.rule.verbs))) {
    byVerb.set(
      verb,
      rules.filter(({ source: { rule } }) => rule.verbs.includes(verb) || rule.verbs.includes('*')),
    )
  }
  return {
    role,
    rules,
    find(attributes, question) {
      for (const { source, compiled } of byVerb.get(attributes.verb) ?? everyVerb) {
        const allows =
          question === undefined
            ? attributes.kind === 'nonResource' && compiled.allowsUrl(attributes.verb, attributes.path)
            : compiled.allowsResource(question)
        if (allows) return source
      }
      return undefined
    },
  }
}
