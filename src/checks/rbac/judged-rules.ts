import { clusterMinor, defaultRbacOf, RBAC_GROUP, readRules, type PolicyRule } from '../../kube/index.js'
import { field, isObject, unknown, valueAt, type JsonObject } from '../../model/index.js'
import type { ObjectSubject, Report } from '../define-check.js'

/** The kinds that hold rules. */
export const ROLES = ['ClusterRole.rbac.authorization.k8s.io', 'Role.rbac.authorization.k8s.io'] as const

/**
 * The rules of a role for which its own text is to blame: those that the default role of its name has are left out,
 * and those of an aggregated role that come from a role of this estate, which is judged itself. Malformed parts are
 * reported as unknown.
 */
export function judgedRules({ object, index }: ObjectSubject, report: Report): readonly PolicyRule[] {
  const { rules, malformed } = readRules(object.content)
  for (const { path, detail } of malformed) {
    report.unknown(unknown('unparsable', detail, { kind: 'object', object, path }))
  }
  const own = defaultRbacOf(object, clusterMinor(index))?.addedRules ?? rules
  const rule = field(object.content, 'aggregationRule')
  if (!isObject(rule)) return own
  const parts = index
    .ofKind(RBAC_GROUP, 'ClusterRole')
    .filter((candidate) => candidate !== object && isSelected(candidate.content, rule))
    .flatMap((candidate) => readRules(candidate.content).rules)
  const known = new Set(parts.map(contentOf))
  return own.filter((one) => !known.has(contentOf(one)))
}

function contentOf(rule: PolicyRule): string {
  return JSON.stringify({ ...rule, path: [] })
}

/** Whether an aggregation rule names labels that a role has. Selectors with expressions are not followed. */
function isSelected(role: JsonObject, aggregationRule: JsonObject): boolean {
  const selectors = field(aggregationRule, 'clusterRoleSelectors')
  const labels = valueAt(role, ['metadata', 'labels'])
  if (!Array.isArray(selectors)) return false
  return selectors.some((selector) => {
    const wanted = field(selector, 'matchLabels')
    const pairs = isObject(wanted) ? Object.entries(wanted) : []
    return pairs.length > 0 && pairs.every(([key, value]) => field(labels, key) === value)
  })
}
