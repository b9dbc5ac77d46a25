import { asStrings, field, isObject, type JsonPath, type JsonValue } from '../../model/index.js'

/** The API group of roles and bindings. */
export const RBAC_GROUP = 'rbac.authorization.k8s.io'

/** One rule of a Role or ClusterRole, with its place in the object. */
export interface PolicyRule {
  readonly path: JsonPath
  readonly verbs: readonly string[]
  readonly apiGroups: readonly string[]
  readonly resources: readonly string[]
  readonly resourceNames: readonly string[]
  readonly nonResourceURLs: readonly string[]
}

/** A part of an object that is not of the type that the API takes. */
export interface Malformed {
  readonly path: JsonPath
  /** One sentence: what stands there. */
  readonly detail: string
}

export interface ReadRules {
  readonly rules: readonly PolicyRule[]
  readonly malformed: readonly Malformed[]
}

const LISTS = ['verbs', 'apiGroups', 'resources', 'resourceNames', 'nonResourceURLs'] as const

/** The rules of a Role or ClusterRole. Absent rules are none; what is of another type is told and left out. */
export function readRules(content: unknown): ReadRules {
  const given = field(content, 'rules')
  if (given === undefined || given === null) return { rules: [], malformed: [] }
  if (!Array.isArray(given))
    return { rules: [], malformed: [{ path: ['rules'], detail: '`rules` is not a list' }] }
  const rules: PolicyRule[] = []
  const malformed: Malformed[] = []
  given.forEach((rule, index) => {
    const faults = ruleFaults(rule, index)
    malformed.push(...faults)
    if (faults.length === 0) rules.push(readRule(rule, index))
  })
  return { rules, malformed }
}

function ruleFaults(rule: JsonValue, index: number): Malformed[] {
  if (!isObject(rule)) return [{ path: ['rules', index], detail: `\`rules[${index}]\` is not a mapping` }]
  return LISTS.flatMap((name) => {
    const list = field(rule, name)
    if (list === undefined || list === null) return []
    if (Array.isArray(list) && list.every((item) => typeof item === 'string')) return []
    return [{ path: ['rules', index, name], detail: `\`rules[${index}].${name}\` is not a list of texts` }]
  })
}

function readRule(rule: JsonValue, index: number): PolicyRule {
  const list = (name: (typeof LISTS)[number]): string[] => asStrings(field(rule, name))
  return {
    path: ['rules', index],
    verbs: list('verbs'),
    apiGroups: list('apiGroups'),
    resources: list('resources'),
    resourceNames: list('resourceNames'),
    nonResourceURLs: list('nonResourceURLs'),
  }
}

/** A rule in one line that does not depend on its position: `get,list secrets` or `get /metrics`. */
export function describeRule(rule: PolicyRule): string {
  const parts = [rule.verbs.join(',') || '(no verb)']
  if (rule.nonResourceURLs.length > 0) parts.push(rule.nonResourceURLs.join(','))
  if (rule.resources.length > 0) {
    const groups = rule.apiGroups.map((group) => (group === '' ? 'core' : group)).join(',')
    parts.push(`${rule.resources.join(',')} (${groups || 'no group'})`)
  }
  if (rule.resourceNames.length > 0) parts.push(`named ${rule.resourceNames.join(',')}`)
  return shorten(parts.join(' '))
}

function shorten(text: string): string {
  return text.length <= 160 ? text : `${text.slice(0, 157)}...`
}
