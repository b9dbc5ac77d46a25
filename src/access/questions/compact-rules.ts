import { atomsOf, type Atom } from '../rbac/index.js'
import type { Grant, ListedRule } from '../authorizer.js'

/** One line of a list of rights: one resource (with one name at most) or one URL, with its verbs. */
export interface CompactRule {
  readonly verbs: readonly string[]
  readonly apiGroup?: string
  readonly resource?: string
  readonly resourceName?: string
  readonly nonResourceURL?: string
  /** What gives any of it, each once. */
  readonly grants: readonly Grant[]
}

/**
 * Puts the verbs on each resource together, as `kubectl auth can-i --list` does; URLs stay one line a verb. The order
 * is that of kubectl: by group, resource, name, URL, verbs as Go prints a rule.
 * Source: kubernetes v1.36.2 kubectl pkg/util/rbac/rbac.go, CompactRules and SortableRuleSlice.
 */
export function compactRules(rules: readonly ListedRule[]): CompactRule[] {
  const lines: { atom: Atom; verbs: string[]; grants: Set<Grant> }[] = []
  const byResource = new Map<string, (typeof lines)[number]>()
  for (const rule of rules) {
    for (const atom of atomsOf(rule)) {
      const key = JSON.stringify([atom.apiGroup, atom.resource, atom.resourceName ?? null])
      const line = atom.nonResourceURL === undefined ? byResource.get(key) : undefined
      if (line === undefined) {
        const added = { atom, verbs: [atom.verb], grants: new Set([rule.grant]) }
        lines.push(added)
        if (atom.nonResourceURL === undefined) byResource.set(key, added)
      } else {
        if (!line.verbs.includes(atom.verb)) line.verbs.push(atom.verb)
        line.grants.add(rule.grant)
      }
    }
  }
  return lines
    .map(({ atom, verbs, grants }) => ({ ...atom, verbs, grants: [...grants] }))
    .map((line) => ({ line, key: goText(line) }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ line: { verb: _verb, ...line } }) => line)
}

/** How Go prints a rule: kubectl sorts by that text. Source: k8s.io/api rbac/v1/generated.pb.go, PolicyRule.String. */
function goText(line: Atom & { readonly verbs: readonly string[] }): string {
  const list = (value: string | undefined): string => (value === undefined ? '[]' : `[${value}]`)
  return `&PolicyRule{Verbs:[${line.verbs.join(' ')}],APIGroups:${list(line.apiGroup)},Resources:${list(line.resource)},ResourceNames:${list(line.resourceName)},NonResourceURLs:${list(line.nonResourceURL)},}`
}
