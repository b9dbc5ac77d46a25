import type { PolicyRule } from '../../kube/index.js'
import type { CompiledRole, SourcedRule } from '../rbac/index.js'
import type { Need } from './technique.js'

/** The first rule of a role that gives a need; remembered for each role, as many bindings share one. */
export function createNeedFinder(): (role: CompiledRole, need: Need) => SourcedRule | undefined {
  const known = new Map<CompiledRole, Map<Need, SourcedRule | undefined>>()
  return (role, need) => {
    let needs = known.get(role)
    if (needs === undefined) known.set(role, (needs = new Map<Need, SourcedRule | undefined>()))
    if (needs.has(need)) return needs.get(need)
    // A rule without names gives it in full: it counts first.
    const all = role.rules.filter(({ source }) => gives(source.rule, need))
    const found = (all.find(({ source }) => source.rule.resourceNames.length === 0) ?? all[0])?.source
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
