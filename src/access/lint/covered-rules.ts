import type { PolicyRule } from '../../kube/index.js'
import { uncoveredAtoms } from '../rbac/index.js'
import { issue, type RuleIssue } from './issue.js'

/** Beyond these only rules that are equal are told: nobody writes such roles by hand. */
const MOST_ATOMS = 2000
const MOST_RULES = 200

/** Rules that can go, since others of the role give the same: of equal ones the later, of others the narrower. */
export function coveredRules(rules: readonly PolicyRule[]): RuleIssue[] {
  const equal = new Map<string, PolicyRule>()
  const kept: PolicyRule[] = []
  const found: RuleIssue[] = []
  for (const rule of rules) {
    const key = contentOf(rule)
    const same = equal.get(key)
    if (same === undefined) {
      equal.set(key, rule)
      kept.push(rule)
    } else {
      found.push(issue('duplicate', 'warning', rule.path, `the rule is the same as ${nameOf(same)}`))
    }
  }
  return kept.length > MOST_RULES ? found : [...found, ...narrower(kept)]
}

function narrower(rules: readonly PolicyRule[]): RuleIssue[] {
  const left = rules.filter(isComplete)
  const found: RuleIssue[] = []
  for (const rule of [...left].reverse()) {
    if (atomCount(rule) > MOST_ATOMS) continue
    const others = left.filter((other) => other !== rule)
    if (uncoveredAtoms(others, [rule]).length > 0) continue
    left.splice(left.indexOf(rule), 1)
    const one = others.find((other) => uncoveredAtoms([other], [rule]).length === 0)
    const by = one === undefined ? 'the other rules together' : nameOf(one)
    found.push(issue('covered', 'warning', rule.path, `all that the rule gives is given by ${by}`))
  }
  return found.reverse()
}

/** A rule that the API server would refuse gives nothing, which is no news here. */
function isComplete(rule: PolicyRule): boolean {
  return atomCount(rule) > 0
}

function atomCount({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: PolicyRule): number {
  const names = Math.max(resourceNames.length, 1)
  return verbs.length * (apiGroups.length * resources.length * names + nonResourceURLs.length)
}

function contentOf(rule: PolicyRule): string {
  const { verbs, apiGroups, resources, resourceNames, nonResourceURLs } = rule
  const lists = [verbs, apiGroups, resources, resourceNames, nonResourceURLs]
  return JSON.stringify(lists.map((list) => [...new Set(list)].sort()))
}

function nameOf(rule: PolicyRule): string {
  return `\`rules[${String(rule.path[1])}]\``
}
