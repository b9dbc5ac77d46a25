import { asList, field, isObject, valueAt, type KubeObject } from '../../model/index.js'
import { readRules, selectorMatches, type PolicyRule } from '../../kube/index.js'

/** A rule, and the object whose text holds it. */
export interface SourcedRule {
  readonly rule: PolicyRule
  readonly from: KubeObject
  /** Index in the `rules` of that object. */
  readonly index: number
}

const LIVE = new Set(['export', 'snapshot', 'cluster'])
/** A chain of aggregations is followed as far as there are roles in it; a circle ends when nothing changes. */
const MOST_ROUNDS = 100

/**
 * The rules of ClusterRoles, those of aggregated ones put together as the controller does: for each selector in turn,
 * the rules of the selected roles in the order of their names, without repetition, until nothing changes any more. In
 * objects of a running cluster the controller has done so: there only rules of roles from files are added.
 * Source: kubernetes v1.36.2 pkg/controller/clusterroleaggregation/clusterroleaggregation_controller.go, syncClusterRole.
 */
export function aggregatedRules(clusterRoles: readonly KubeObject[]): {
  of(role: KubeObject): readonly SourcedRule[]
} {
  const own = new Map<KubeObject, readonly SourcedRule[]>()
  const ownRules = (role: KubeObject): readonly SourcedRule[] => {
    let rules = own.get(role)
    if (rules === undefined) own.set(role, (rules = sourced(role)))
    return rules
  }
  const computed = new Map<KubeObject, readonly SourcedRule[]>()
  const rulesOf = (role: KubeObject): readonly SourcedRule[] => computed.get(role) ?? ownRules(role)
  const aggregated = clusterRoles.filter((role) => isObject(field(role.content, 'aggregationRule')))
  const parts = new Map(aggregated.map((role) => [role, selectedRoles(role, clusterRoles)]))
  for (let round = 0, changed = true; changed && round < MOST_ROUNDS; round++) {
    changed = false
    for (const [role, selected] of parts) {
      const kept = LIVE.has(role.source) ? ownRules(role) : []
      const next = withoutRepetition([...kept, ...selected.flatMap(rulesOf)])
      if (keysOf(next) !== keysOf(rulesOf(role)) || !computed.has(role)) changed = true
      computed.set(role, next)
    }
  }
  return { of: rulesOf }
}

function sourced(role: KubeObject): SourcedRule[] {
  return readRules(role.content).rules.map((rule) => ({ rule, from: role, index: Number(rule.path[1]) }))
}

function selectedRoles(role: KubeObject, clusterRoles: readonly KubeObject[]): KubeObject[] {
  const selectors = asList(valueAt(role.content, ['aggregationRule', 'clusterRoleSelectors']))
  return selectors.flatMap((selector) =>
    clusterRoles
      .filter((candidate) => candidate.ref.name !== role.ref.name)
      .filter((candidate) => !LIVE.has(role.source) || !LIVE.has(candidate.source))
      .filter((candidate) =>
        selectorMatches(selector, valueAt(candidate.content, ['metadata', 'labels']) ?? {}),
      )
      .sort((a, b) => (a.ref.name < b.ref.name ? -1 : 1)),
  )
}

function withoutRepetition(rules: readonly SourcedRule[]): SourcedRule[] {
  const seen = new Set<string>()
  return rules.filter((each) => {
    const key = ruleKey(each.rule)
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}

function keysOf(rules: readonly SourcedRule[]): string {
  return rules.map((each) => ruleKey(each.rule)).join('\n')
}

function ruleKey({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule): string {
  return JSON.stringify([verbs, apiGroups, resources, resourceNames, nonResourceURLs])
}
