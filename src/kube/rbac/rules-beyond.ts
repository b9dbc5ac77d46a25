import type { PolicyRule } from './policy-rule.js'

/** Rules with more single permissions than this are not taken apart: nobody writes such a rule in earnest. */
const MOST_PERMISSIONS = 20_000

/** Single permissions of some rules, for asking whether another rule is covered. */
export interface Permissions {
  covers(rule: PolicyRule): boolean
}

/** Takes rules apart into single permissions: verb, group, resource and name, or verb and URL. */
export function permissionsOf(rules: readonly PolicyRule[]): Permissions {
  const singles = new Set(rules.flatMap((rule) => singlesOf(rule) ?? []))
  return {
    covers(rule) {
      const asked = singlesOf(rule)
      return (
        asked !== undefined && asked.every((single) => singles.has(single) || coveredByStar(single, singles))
      )
    },
  }
}

/** The rules that give something which the others do not. */
export function rulesBeyond(rules: readonly PolicyRule[], known: Permissions): PolicyRule[] {
  return rules.filter((rule) => !known.covers(rule))
}

const SEPARATOR = '\0'

function singlesOf(rule: PolicyRule): string[] | undefined {
  const names = rule.resourceNames.length === 0 ? [''] : rule.resourceNames
  const count =
    rule.verbs.length *
    (rule.apiGroups.length * rule.resources.length * names.length + rule.nonResourceURLs.length)
  if (count > MOST_PERMISSIONS) return undefined
  const singles: string[] = []
  for (const verb of rule.verbs) {
    for (const url of rule.nonResourceURLs) singles.push(['url', verb, url].join(SEPARATOR))
    for (const group of rule.apiGroups)
      for (const resource of rule.resources)
        for (const name of names) singles.push(['res', verb, group, resource, name].join(SEPARATOR))
  }
  return singles
}

/** Whether a wider permission is there: each part as it is or as `*`, the name as it is or any (empty). */
function coveredByStar(single: string, singles: ReadonlySet<string>): boolean {
  const [kind = '', ...parts] = single.split(SEPARATOR)
  const wider = kind === 'url' ? ['*', '*'] : ['*', '*', '*', '']
  for (let mask = 1; mask < 1 << parts.length; mask += 1) {
    const candidate = parts.map((part, index) => ((mask >> index) & 1 ? (wider[index] ?? part) : part))
    if (singles.has([kind, ...candidate].join(SEPARATOR))) return true
  }
  return false
}
