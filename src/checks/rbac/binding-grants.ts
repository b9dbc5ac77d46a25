import {
  clusterMinor,
  defaultRbacOf,
  readBinding,
  resolveRole,
  type BindingSubject,
  type ResolvedRole,
  type RoleRef,
} from '../../kube/index.js'
import { unknown } from '../../model/index.js'
import type { ObjectSubject, Report } from '../define-check.js'

/** The kinds that grant roles. */
export const BINDINGS = [
  'ClusterRoleBinding.rbac.authorization.k8s.io',
  'RoleBinding.rbac.authorization.k8s.io',
] as const

export interface BindingGrants {
  readonly roleRef: RoleRef
  /** Subjects that a default binding of this name does not have; all of them for other bindings. */
  readonly subjects: readonly BindingSubject[]
  readonly role: () => ResolvedRole
}

/** What a binding gives beyond a default one. Malformed parts are reported as unknown. */
export function grantsOf({ object, index }: ObjectSubject, report: Report): BindingGrants | undefined {
  const { roleRef, subjects, malformed } = readBinding(object)
  for (const { path, detail } of malformed) {
    report.unknown(unknown('unparsable', detail, { kind: 'object', object, path }))
  }
  if (roleRef === undefined) return undefined
  const standard = defaultRbacOf(object, clusterMinor(index))
  return {
    roleRef,
    subjects: standard === undefined ? subjects : standard.addedSubjects,
    role: () => resolveRole(roleRef, object.ref.namespace, index),
  }
}
