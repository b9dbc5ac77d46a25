import { type KubeObject } from '../../model/index.js'
import type { ObjectIndex } from '../object-index.js'
import type { RoleRef } from './binding.js'
import { clusterMinor } from './cluster-minor.js'
import { defaultObject, defaultRulesOf } from './default-rbac.js'
import { RBAC_GROUP, readRules, type Malformed, type PolicyRule } from './policy-rule.js'

/** What a binding's role gives: its rules, or that it is known to be absent, or that it was not read. */
export type ResolvedRole =
  | {
      readonly state: 'found'
      readonly rules: readonly PolicyRule[]
      readonly malformed: readonly Malformed[]
    }
  | { readonly state: 'absent' }
  | { readonly state: 'not-read' }

/** Finds the role that a binding in `namespace` (empty for cluster-wide) refers to; default roles need not be read. */
export function resolveRole(ref: RoleRef, namespace: string, index: ObjectIndex): ResolvedRole {
  const roleNamespace = ref.kind === 'Role' ? namespace : ''
  const role: KubeObject | undefined = index.get(RBAC_GROUP, ref.kind, roleNamespace, ref.name)
  if (role !== undefined) return { state: 'found', ...readRules(role.content) }
  if (holdsAll(index, RBAC_GROUP, ref.kind)) return { state: 'absent' }
  const minor = clusterMinor(index)
  const known = defaultObject(ref.kind, roleNamespace, ref.name, minor)
  if (known === undefined) return { state: 'not-read' }
  return { state: 'found', rules: defaultRulesOf(known, minor), malformed: [] }
}

/** Whether the estate holds every object of a kind, so that one that was not read does not exist. */
export function holdsAll(index: ObjectIndex, group: string, kind: string): boolean {
  return index.holdsAll(group, kind)
}
