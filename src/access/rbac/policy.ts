import { asList, asString, field, type KubeObject } from '../../model/index.js'
import { RBAC_GROUP } from '../../kube/index.js'
import { goQuote } from '../../text/index.js'
import { aggregatedRules, type SourcedRule } from './aggregate.js'

/** A role with the rules that count for it. */
export interface Role {
  readonly object: KubeObject
  readonly rules: readonly SourcedRule[]
}

/** One subject of a binding as it is written; absent texts are empty. */
export interface Subject {
  readonly kind: string
  readonly namespace: string
  readonly name: string
}

/** A RoleBinding or ClusterRoleBinding; `namespace` is empty for the latter. */
export interface Binding {
  readonly object: KubeObject
  readonly namespace: string
  readonly subjects: readonly Subject[]
  readonly roleKind: string
  readonly roleName: string
  /** Undefined where the role does not exist or the kind of the reference is not known. */
  readonly role: Role | undefined
}

/** The roles and bindings of a cluster, in the order in which they were read. */
export interface RbacPolicy {
  readonly roles: readonly Role[]
  readonly clusterRoleBindings: readonly Binding[]
  readonly roleBindings: readonly Binding[]
}

/**
 * Reads roles and bindings. Of several objects with one name the first counts, as only one can exist. Namespaced
 * objects whose text names no namespace are in `defaultNamespace`.
 */
export function readRbacPolicy(objects: Iterable<KubeObject>, defaultNamespace = 'default'): RbacPolicy {
  const found = new Map<string, KubeObject>()
  for (const object of objects) {
    if (object.ref.group !== RBAC_GROUP) continue
    const key = `${object.ref.kind}/${namespaceOf(object, defaultNamespace)}/${object.ref.name}`
    if (!found.has(key)) found.set(key, object)
  }
  const all = [...found.values()]
  const ofKind = (kind: string): KubeObject[] => all.filter((object) => object.ref.kind === kind)
  const clusterRoles = ofKind('ClusterRole')
  const rules = aggregatedRules(clusterRoles)
  const roles = new Map<string, Role>()
  for (const object of clusterRoles) roles.set(`//${object.ref.name}`, { object, rules: rules.of(object) })
  for (const object of ofKind('Role')) {
    const key = `${namespaceOf(object, defaultNamespace)}//${object.ref.name}`
    roles.set(key, { object, rules: rules.of(object) })
  }
  const read = (object: KubeObject): Binding =>
    readBinding(object, namespaceOf(object, defaultNamespace), roles)
  return {
    roles: [...roles.values()],
    clusterRoleBindings: ofKind('ClusterRoleBinding').map(read),
    roleBindings: ofKind('RoleBinding').map(read),
  }
}

/** The namespace in which a role or binding counts; empty for cluster-scoped kinds. */
export function namespaceOf(object: KubeObject, defaultNamespace: string): string {
  const { kind, namespace } = object.ref
  if (kind === 'ClusterRole' || kind === 'ClusterRoleBinding') return ''
  return namespace === '' ? defaultNamespace : namespace
}

function readBinding(object: KubeObject, namespace: string, roles: ReadonlyMap<string, Role>): Binding {
  const ref = field(object.content, 'roleRef')
  const roleKind = asString(field(ref, 'kind')) ?? ''
  const roleName = asString(field(ref, 'name')) ?? ''
  const subjects = asList(field(object.content, 'subjects')).map((subject) => ({
    kind: asString(field(subject, 'kind')) ?? '',
    namespace: asString(field(subject, 'namespace')) ?? '',
    name: asString(field(subject, 'name')) ?? '',
  }))
  const role =
    roleKind === 'ClusterRole'
      ? roles.get(`//${roleName}`)
      : roleKind === 'Role' && namespace !== ''
        ? roles.get(`${namespace}//${roleName}`)
        : undefined
  return { object, namespace, subjects, roleKind, roleName, role }
}

/**
 * Why a binding's role gives nothing.
 * Source: kubernetes v1.36.2 pkg/registry/rbac/validation/rule.go, GetRoleReferenceRules, with a lister's error.
 */
export function missingRole(binding: Binding): string {
  switch (binding.roleKind) {
    case 'ClusterRole':
      return `clusterrole.${RBAC_GROUP} ${goQuote(binding.roleName)} not found`
    case 'Role':
      return `role.${RBAC_GROUP} ${goQuote(binding.roleName)} not found`
    default:
      return `unsupported role reference kind: ${goQuote(binding.roleKind)}`
  }
}
