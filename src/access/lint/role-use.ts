import {
  defaultRbacOf,
  RBAC_GROUP,
  readBinding,
  resolveRole,
  selectorMatches,
  type ObjectIndex,
} from '../../kube/index.js'
import { asList, valueAt, type KubeObject } from '../../model/index.js'
import { nearestWords } from '../../text/index.js'
import { issue, type LintIssue, type RuleIssue } from './issue.js'

const BINDING_KINDS = ['RoleBinding', 'ClusterRoleBinding']
const AGGREGATE_LABEL = /^rbac\.authorization\.k8s\.io\/aggregate-to-/

/** Roles that nothing refers to: no binding, and no aggregated ClusterRole. */
export function unboundRoles(roles: readonly KubeObject[], index: ObjectIndex): LintIssue[] {
  const bound = new Set(
    BINDING_KINDS.flatMap((kind) => index.ofKind(RBAC_GROUP, kind)).flatMap((binding) => {
      const { roleRef } = readBinding(binding)
      if (roleRef === undefined) return []
      const namespace = roleRef.kind === 'Role' ? binding.ref.namespace : ''
      return [`${roleRef.kind}/${namespace}/${roleRef.name}`]
    }),
  )
  const selectors = index
    .ofKind(RBAC_GROUP, 'ClusterRole')
    .flatMap((role) => asList(valueAt(role.content, ['aggregationRule', 'clusterRoleSelectors'])))
  const whole = BINDING_KINDS.every((kind) => index.holdsAll(RBAC_GROUP, kind))
  return roles.flatMap((object) => {
    const { kind, namespace, name } = object.ref
    if (
      bound.has(`${kind}/${namespace}/${name}`) ||
      (kind === 'ClusterRole' && isTakenIn(object, selectors))
    ) {
      return []
    }
    const message = whole ? 'no binding refers to the role' : 'no binding that was read refers to the role'
    return [{ ...issue('unbound-role', whole ? 'warning' : 'hint', ['metadata', 'name'], message), object }]
  })
}

/** Whether a ClusterRole is made to be part of another one, of those read or of the default ones. */
function isTakenIn({ content }: KubeObject, selectors: readonly unknown[]): boolean {
  const labels = valueAt(content, ['metadata', 'labels']) ?? {}
  const names = typeof labels === 'object' && labels !== null ? Object.keys(labels) : []
  return (
    names.some((name) => AGGREGATE_LABEL.test(name)) ||
    selectors.some((selector) => selectorMatches(selector, labels))
  )
}

/** Bindings whose role does not exist, or may not. */
export function danglingBindings(index: ObjectIndex, minor: number | undefined): LintIssue[] {
  return BINDING_KINDS.flatMap((kind) => index.ofKind(RBAC_GROUP, kind)).flatMap((object) => {
    const label = valueAt(object.content, ['metadata', 'labels', 'kubernetes.io/bootstrapping'])
    if (label === 'rbac-defaults' || defaultRbacOf(object, minor)?.state === 'unchanged') return []
    return lintBinding(object, index).map((one) => ({ ...one, object }))
  })
}

function lintBinding(object: KubeObject, index: ObjectIndex): RuleIssue[] {
  const { roleRef, malformed } = readBinding(object)
  const faults = malformed.map(({ path, detail }) => issue('malformed', 'error', path, detail))
  if (roleRef === undefined) return faults
  const path = ['roleRef', 'name']
  if (object.ref.kind === 'ClusterRoleBinding' && roleRef.kind === 'Role') {
    return [...faults, issue('dangling-role', 'error', path, 'a ClusterRoleBinding cannot refer to a Role')]
  }
  const { state } = resolveRole(roleRef, object.ref.namespace, index)
  if (state === 'found') return faults
  const namespace = roleRef.kind === 'Role' ? object.ref.namespace : ''
  const where = namespace === '' ? '' : ` in namespace ${namespace}`
  const near = nearestWords(roleRef.name, namesIn(roleRef.kind, namespace, index))
  const [level, end] =
    state === 'absent' ? (['error', 'does not exist'] as const) : (['hint', 'was not read'] as const)
  const message = `${roleRef.kind} \`${roleRef.name}\`${where} ${end}`
  return [
    ...faults,
    issue('dangling-role', near.length > 0 && level === 'hint' ? 'warning' : level, path, message, near),
  ]
}

function namesIn(kind: string, namespace: string, index: ObjectIndex): string[] {
  return index
    .ofKind(RBAC_GROUP, kind)
    .filter((role) => role.ref.namespace === namespace)
    .map((role) => role.ref.name)
}
