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

/** Bindings that refer to a role, by that role. */
export type BindingsByRole = ReadonlyMap<CompiledRole, readonly IndexedBinding[]>

/** The bindings that name one user or one group: those of the cluster, and those of each namespace. */
export interface SubjectBindings {
  readonly cluster: readonly IndexedBinding[]
  readonly namespaces: ReadonlyMap<string, readonly IndexedBinding[]>
}

export interface BindingIndex {
  readonly users: ReadonlyMap<string, SubjectBindings>
  readonly groups: ReadonlyMap<string, SubjectBindings>
  readonly clusterRoles: BindingsByRole
  readonly namespaceRoles: ReadonlyMap<string, BindingsByRole>
  readonly roles: readonly CompiledRole[]
  /** Whether any binding refers to a role that is missing. */
  readonly broken: boolean
}

interface OpenBindings extends SubjectBindings {
  readonly cluster: IndexedBinding[]
  readonly namespaces: Map<string, IndexedBinding[]>
}

/** Indexes a policy once; linear in the number of subjects and rules. */
export function indexBindings(policy: RbacPolicy): BindingIndex {
  const compiled = new Map(policy.roles.map((role) => [role, compileRole(role)]))
  const users = new Map<string, OpenBindings>()
  const groups = new Map<string, OpenBindings>()
  const clusterRoles = new Map<CompiledRole, IndexedBinding[]>()
  const namespaceRoles = new Map<string, Map<CompiledRole, IndexedBinding[]>>()
  const all = [...policy.clusterRoleBindings, ...policy.roleBindings]
  all.forEach((binding, order) => {
    const { namespace } = binding
    const role = binding.role === undefined ? undefined : compiled.get(binding.role)
    const indexed: IndexedBinding = { order, binding, role }
    if (role !== undefined) {
      push(namespace === '' ? clusterRoles : entry(namespaceRoles, namespace, emptyLists), role, indexed)
    }
    for (const subject of binding.subjects) {
      const user = userNameOf(subject, namespace)
      if (user === undefined && subject.kind !== 'Group') continue
      const [lists, name] = user === undefined ? [groups, subject.name] : [users, user]
      const bindings = entry(lists, name, () => ({ cluster: [], namespaces: new Map() }))
      if (namespace !== '') push(bindings.namespaces, namespace, indexed)
      // A binding that names a subject twice is listed once.
      else if (bindings.cluster.at(-1) !== indexed) bindings.cluster.push(indexed)
    }
  })
  const broken = all.some((binding) => binding.role === undefined)
  return { users, groups, clusterRoles, namespaceRoles, roles: [...compiled.values()], broken }
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

function emptyLists(): Map<CompiledRole, IndexedBinding[]> {
  return new Map()
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key)
  if (value === undefined) map.set(key, (value = make()))
  return value
}

function push<K>(lists: Map<K, IndexedBinding[]>, key: K, binding: IndexedBinding): void {
  const list = entry(lists, key, () => [])
  if (list.at(-1) !== binding) list.push(binding)
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
