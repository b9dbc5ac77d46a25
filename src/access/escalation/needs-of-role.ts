import type { PolicyRule } from '../../kube/index.js'
import type { CompiledRole, SourcedRule } from '../rbac/index.js'
import type { Need } from './technique.js'

/** The rules of a role that give a need; remembered for each role, as many bindings share one. */
export function createNeedFinder(): (role: CompiledRole, need: Need) => readonly SourcedRule[] {
  const known = new Map<CompiledRole, Map<Need, readonly SourcedRule[]>>()
  return (role, need) => {
    let needs = known.get(role)
    if (needs === undefined) known.set(role, (needs = new Map<Need, readonly SourcedRule[]>()))
    const remembered = needs.get(need)
    if (remembered !== undefined) return remembered
    // A rule without names gives it in full: it counts first.
    const all = role.rules.filter(({ source }) => gives(source.rule, need))
    const isWhole = ({ source }: (typeof all)[number]): boolean => source.rule.resourceNames.length === 0
    const found = [...all.filter(isWhole), ...all.filter((each) => !isWhole(each))].map(
      ({ source }) => source,
    )
    needs.set(need, found)
    return found
  }
}

/** Whether a rule gives a need by itself. */
export function gives(rule: PolicyRule, need: Need): boolean {
  return (
    givesVerb(rule, need) &&
    (need.anything === true ||
      (holds(rule.apiGroups, need.group) &&
        need.resources.some((resource) => givesResource(rule.resources, resource)))) &&
    givesName(rule.resourceNames, need.names)
  )
}

function givesVerb({ verbs }: PolicyRule, { verbs: wanted, verbPrefix }: Need): boolean {
  if (verbs.includes('*')) return true
  return verbPrefix === true
    ? wanted.some((prefix) => verbs.some((verb) => verb.startsWith(prefix)))
    : wanted.some((verb) => verbs.includes(verb))
}

/** `*` as a need is held by `*` alone. */
function holds(values: readonly string[], value: string): boolean {
  return values.includes('*') || values.includes(value)
}

function givesResource(resources: readonly string[], wanted: string): boolean {
  if (holds(resources, wanted)) return true
  const slash = wanted.indexOf('/')
  return slash >= 0 && resources.includes(`*${wanted.slice(slash)}`)
}

function givesName(names: readonly string[], wanted: Need['names']): boolean {
  if (names.length === 0 || wanted === 'any' || wanted === 'some') return true
  return wanted !== undefined && names.some((name) => wanted.includes(name))
}
