import type { PolicyRule } from '../../kube/index.js'

/** What a rule allows, without its place. */
export type RuleParts = Omit<PolicyRule, 'path'>

/** The smallest part of a rule: one verb on one resource of one group (with one name at most), or on one URL. */
export interface Atom {
  readonly verb: string
  readonly apiGroup?: string
  readonly resource?: string
  readonly resourceName?: string
  readonly nonResourceURL?: string
}

/**
 * The atoms of requested rules that no owner rule covers, in order; empty when all are held. Each atom must be covered
 * by one owner rule alone: two halves do not make a whole.
 * Source: kubernetes v1.36.2 component-helpers auth/rbac/validation/policy_comparator.go, Covers.
 */
export function uncoveredAtoms(owner: readonly RuleParts[], requested: readonly RuleParts[]): Atom[] {
  return requested.flatMap(atomsOf).filter((atom) => !owner.some((rule) => ruleCovers(rule, atom)))
}

/** Breaks a rule into its atoms: groups, then resources, then verbs, then names; after them the URLs. */
export function atomsOf(rule: RuleParts): Atom[] {
  const named = (atom: Atom): Atom[] =>
    rule.resourceNames.length === 0
      ? [atom]
      : rule.resourceNames.map((resourceName) => ({ ...atom, resourceName }))
  return [
    ...rule.apiGroups.flatMap((apiGroup) =>
      rule.resources.flatMap((resource) => rule.verbs.flatMap((verb) => named({ verb, apiGroup, resource }))),
    ),
    ...rule.nonResourceURLs.flatMap((nonResourceURL) => rule.verbs.map((verb) => ({ verb, nonResourceURL }))),
  ]
}

function ruleCovers(owner: RuleParts, atom: Atom): boolean {
  return (
    holds(owner.verbs, atom.verb) &&
    (atom.apiGroup === undefined || holds(owner.apiGroups, atom.apiGroup)) &&
    (atom.resource === undefined || coversResource(owner.resources, atom.resource)) &&
    (atom.nonResourceURL === undefined || coversUrl(owner.nonResourceURLs, atom.nonResourceURL)) &&
    coversName(owner.resourceNames, atom.resourceName)
  )
}

function holds(values: readonly string[], value: string): boolean {
  return values.includes('*') || values.includes(value)
}

function coversResource(resources: readonly string[], resource: string): boolean {
  if (holds(resources, resource)) return true
  const slash = resource.indexOf('/')
  return slash >= 0 && resources.includes(`*${resource.slice(slash)}`)
}

/** An owner rule without names holds every name; one with names never holds what names none. */
function coversName(names: readonly string[], name: string | undefined): boolean {
  return names.length === 0 || (name !== undefined && names.includes(name))
}

function coversUrl(urls: readonly string[], url: string): boolean {
  return urls.some((own) => own === url || (own.endsWith('*') && url.startsWith(own.replace(/\*+$/, ''))))
}
