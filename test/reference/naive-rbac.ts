import type { Attributes, ResourceAttributes, User } from '../../src/access/attributes.js'
import { asList, asString, asStrings, field, type JsonValue, type KubeObject } from '../../src/model/index.js'

/**
 * RBAC without any index, written from the description of the authorizer alone: every binding is visited in order and
 * every rule is read anew. Slow and simple: the fast engine must agree with it.
 * Source: kubernetes v1.36.2 plugin/pkg/auth/authorizer/rbac/rbac.go and pkg/registry/rbac/validation/rule.go.
 */
export function naiveRbac(
  objects: readonly KubeObject[],
  attributes: Attributes,
): { allowed: boolean; binding?: string } {
  const namespace = attributes.kind === 'resource' ? attributes.namespace : ''
  const bindings = [
    ...objects.filter(({ ref }) => ref.kind === 'ClusterRoleBinding'),
    ...objects.filter(
      ({ ref }) => ref.kind === 'RoleBinding' && ref.namespace === namespace && namespace !== '',
    ),
  ]
  for (const binding of bindings) {
    const subjects = asList(field(binding.content, 'subjects'))
    if (!subjects.some((subject) => applies(subject, attributes.user, binding.ref.namespace))) continue
    if (rulesOf(objects, binding).some((rule) => allows(rule, attributes))) {
      return { allowed: true, binding: binding.ref.name }
    }
  }
  return { allowed: false }
}

function text(value: unknown, key: string): string {
  return asString(field(value, key)) ?? ''
}

function applies(subject: JsonValue, user: User, bindingNamespace: string): boolean {
  switch (text(subject, 'kind')) {
    case 'User':
      return user.name === text(subject, 'name')
    case 'Group':
      return user.groups.includes(text(subject, 'name'))
    case 'ServiceAccount': {
      const namespace = text(subject, 'namespace') || bindingNamespace
      return namespace !== '' && user.name === `system:serviceaccount:${namespace}:${text(subject, 'name')}`
    }
    default:
      return false
  }
}

function rulesOf(objects: readonly KubeObject[], binding: KubeObject): JsonValue[] {
  const ref = field(binding.content, 'roleRef')
  const kind = text(ref, 'kind')
  const namespace = kind === 'Role' ? binding.ref.namespace : ''
  if (kind !== 'Role' && kind !== 'ClusterRole') return []
  if (kind === 'Role' && namespace === '') return []
  const role = objects.find(
    (each) =>
      each.ref.kind === kind && each.ref.namespace === namespace && each.ref.name === text(ref, 'name'),
  )
  return asList(field(role?.content, 'rules'))
}

function allows(rule: JsonValue, attributes: Attributes): boolean {
  const values = (key: string): string[] => asStrings(field(rule, key))
  const verb = values('verbs').some((each) => each === '*' || each === attributes.verb)
  if (attributes.kind === 'nonResource') {
    return verb && values('nonResourceURLs').some((url) => urlMatches(url, attributes.path))
  }
  const names = values('resourceNames')
  return (
    verb &&
    values('apiGroups').some((each) => each === '*' || each === attributes.group) &&
    values('resources').some((each) => resourceMatches(each, attributes)) &&
    (names.length === 0 || names.includes(attributes.name))
  )
}

function resourceMatches(entry: string, { resource, subresource }: ResourceAttributes): boolean {
  if (entry === '*') return true
  if (entry === (subresource === '' ? resource : `${resource}/${subresource}`)) return true
  return subresource !== '' && entry === `*/${subresource}`
}

function urlMatches(entry: string, path: string): boolean {
  if (entry === '*' || entry === path) return true
  if (!entry.endsWith('*')) return false
  let end = entry.length
  while (entry[end - 1] === '*') end--
  return path.startsWith(entry.slice(0, end))
}
