import {
  builtInCatalogue,
  clusterMinor,
  defaultObject,
  defaultRulesOf,
  permissionsOf,
  readRules,
  rulesBeyond,
  type PolicyRule,
} from '../../kube/index.js'
import { valueAt } from '../../model/index.js'
import type { ObjectSubject } from '../define-check.js'

/** The default roles that take in others by a label. Source: kubernetes v1.36.2 bootstrappolicy/policy.go. */
export const AGGREGATED_INTO: Readonly<Record<string, string>> = {
  admin: 'rbac.authorization.k8s.io/aggregate-to-admin',
  edit: 'rbac.authorization.k8s.io/aggregate-to-edit',
  view: 'rbac.authorization.k8s.io/aggregate-to-view',
}

export interface AddedByLabel {
  readonly target: string
  readonly label: string
  readonly rules: readonly PolicyRule[]
}

const READS = new Set(['get', 'list', 'watch'])

/**
 * What a ClusterRole adds by its labels to admin, edit and view beyond custom resources, for which the labels are made:
 * rules on what Kubernetes itself defines, and for view every right to change something. Reading what holds no
 * Secrets is left out.
 */
export function addedByLabel({ object, index }: ObjectSubject): AddedByLabel[] {
  if (object.ref.kind !== 'ClusterRole') return []
  const minor = clusterMinor(index)
  return Object.entries(AGGREGATED_INTO).flatMap(([target, label]) => {
    if (valueAt(object.content, ['metadata', 'labels', label]) !== 'true') return []
    const standard = defaultObject('ClusterRole', '', target, minor)
    if (standard === undefined) return []
    const beyond = rulesBeyond(
      readRules(object.content).rules,
      permissionsOf(defaultRulesOf(standard, minor)),
    )
    const rules = beyond.filter((rule) => isGrave(rule, target, minor))
    return rules.length === 0 ? [] : [{ target, label, rules }]
  })
}

function isGrave(rule: PolicyRule, target: string, minor: number | undefined): boolean {
  const changes = rule.verbs.some((verb) => !READS.has(verb))
  const builtIn = rule.apiGroups.some((group) => group === '*' || builtInGroups(minor).has(group))
  if (changes) return rule.resources.length > 0 && (builtIn || target === 'view')
  const core = rule.apiGroups.some((group) => group === '' || group === '*')
  return core && rule.resources.some((resource) => resource === 'secrets' || resource === '*')
}

function builtInGroups(minor: number | undefined): ReadonlySet<string> {
  return new Set(builtInCatalogue(minor, 'all').groups.map(({ name }) => name))
}
