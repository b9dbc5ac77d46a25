// RBAC as Kubernetes walks it: every binding of the scope in turn, every subject, every rule; roles are found by name.
// Source: kubernetes v1.36.2 plugin/pkg/auth/authorizer/rbac/rbac.go and pkg/registry/rbac/validation/rule.go.

export function linearRbac(objects) {
  const roles = new Map()
  const clusterRoleBindings = []
  const roleBindings = new Map()
  for (const { content } of objects) {
    const { kind, metadata } = content
    if (kind === 'ClusterRole') roles.set(`/${metadata.name}`, content)
    else if (kind === 'Role') roles.set(`${metadata.namespace}/${metadata.name}`, content)
    else if (kind === 'ClusterRoleBinding') clusterRoleBindings.push(content)
    else if (kind === 'RoleBinding') {
      if (!roleBindings.has(metadata.namespace)) roleBindings.set(metadata.namespace, [])
      roleBindings.get(metadata.namespace).push(content)
    }
  }
  return (attributes) => {
    const namespace = attributes.kind === 'resource' ? attributes.namespace : ''
    return (
      visit(clusterRoleBindings, '', attributes, roles) ||
      (namespace !== '' && visit(roleBindings.get(namespace) ?? [], namespace, attributes, roles))
    )
  }
}

function visit(bindings, namespace, attributes, roles) {
  for (const binding of bindings) {
    if (!binding.subjects.some((subject) => applies(subject, attributes.user, namespace))) continue
    const { kind, name } = binding.roleRef
    const role = roles.get(kind === 'Role' ? `${namespace}/${name}` : `/${name}`)
    if (role?.rules.some((rule) => allows(rule, attributes))) return true
  }
  return false
}

function applies(subject, user, bindingNamespace) {
  if (subject.kind === 'User') return user.name === subject.name
  if (subject.kind === 'Group') return user.groups.includes(subject.name)
  if (subject.kind !== 'ServiceAccount') return false
  const namespace = subject.namespace || bindingNamespace
  return namespace !== '' && isAccount(user.name, namespace, subject.name)
}

const PREFIX = 'system:serviceaccount:'

/** Compares piece by piece, as serviceaccount.MatchesUsername does, without making a text of it. */
function isAccount(userName, namespace, name) {
  return (
    userName.length === PREFIX.length + namespace.length + 1 + name.length &&
    userName.startsWith(namespace, PREFIX.length) &&
    userName.endsWith(name) &&
    userName.startsWith(PREFIX) &&
    userName[PREFIX.length + namespace.length] === ':'
  )
}

function allows(rule, attributes) {
  const has = (values, value) => values !== undefined && (values.includes('*') || values.includes(value))
  if (!has(rule.verbs, attributes.verb)) return false
  if (attributes.kind === 'nonResource') {
    return (rule.nonResourceURLs ?? []).some(
      (url) =>
        url === '*' ||
        url === attributes.path ||
        (url.endsWith('*') && attributes.path.startsWith(url.replace(/\*+$/, ''))),
    )
  }
  const { group, resource, subresource, name } = attributes
  const combined = subresource === '' ? resource : `${resource}/${subresource}`
  return (
    has(rule.apiGroups, group) &&
    (has(rule.resources, combined) || (subresource !== '' && rule.resources.includes(`*/${subresource}`))) &&
    (rule.resourceNames === undefined || rule.resourceNames.length === 0 || rule.resourceNames.includes(name))
  )
}
