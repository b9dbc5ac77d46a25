import { isSubresourceOfAnything, VIRTUAL_RESOURCES, type PolicyRule } from '../../kube/index.js'
import { nearestWords } from '../../text/index.js'
import { groupInWords, issue, type RuleIssue } from './issue.js'
import { verbsOf, type KnownApis } from './known-apis.js'

/** APIs that no server since the version named tells any more. Source: Kubernetes' deprecated API migration guide. */
const REMOVED_GROUPS: ReadonlyMap<string, string> = new Map([
  ['extensions', '1.22'],
  ['settings.k8s.io', '1.20'],
  ['auditregistration.k8s.io', '1.19'],
])
const REMOVED_RESOURCES: ReadonlyMap<string, string> = new Map([['policy/podsecuritypolicies', '1.25']])

/** The groups and resources of a rule that no server has, or not under this name. */
export function lintTargets(rule: PolicyRule, apis: KnownApis): RuleIssue[] {
  const groups = rule.apiGroups.flatMap((group, at) => lintGroup(rule, group, at, apis))
  const resources = rule.resources.flatMap((entry, at) => lintEntry(rule, entry, at, apis))
  return [...groups, ...resources]
}

function lintGroup(rule: PolicyRule, group: string, at: number, apis: KnownApis): RuleIssue[] {
  if (group === '*' || apis.groups.has(group) || apis.foreign.has(group)) return []
  const path = [...rule.path, 'apiGroups', at]
  const since = REMOVED_GROUPS.get(group)
  if (since !== undefined) {
    const now = rule.resources.flatMap((entry) => apis.groupsOf(mainName(entry)))
    return [
      issue(
        'removed-api',
        'warning',
        path,
        `API group \`${group}\` is gone since ${since}`,
        unique(now).slice(0, 3),
      ),
    ]
  }
  const named = meantGroup(group, apis)
  if (named.length > 0) {
    const candidates = named.map((one) => (one === '' ? '""' : one))
    // A name with a dot may be that of a definition that was not read.
    const level = apis.complete || !group.includes('.') ? 'error' : 'warning'
    return [issue('unknown-group', level, path, `there is no API group \`${group}\``, candidates)]
  }
  // The group of a definition must have a dot. Source: kubernetes v1.36.2 apiextensions-apiserver
  // pkg/apis/apiextensions/validation/validation.go, validateCustomResourceDefinitionSpec.
  if (!group.includes('.'))
    return [issue('unknown-group', 'error', path, `there is no API group \`${group}\``)]
  return apis.complete
    ? [issue('unknown-group', 'error', path, `this cluster has no API group \`${group}\``)]
    : [
        issue(
          'unknown-group',
          'hint',
          path,
          `API group \`${group}\` is not built in, and no definition of it was read`,
        ),
      ]
}

/** What is meant by `core`, `v1`, `apps/v1` or a mistyped name. */
function meantGroup(group: string, apis: KnownApis): readonly string[] {
  const [bare = '', ...version] = group.split('/')
  if (version.length > 0 && apis.groups.has(bare)) return [bare]
  if (/^(?:core|api|v1|core\/v1|legacy)$/i.test(group)) return ['']
  const lower = group.trim().toLowerCase()
  if (lower !== group && apis.groups.has(lower)) return [lower]
  const suffixed = [...apis.groups].filter((one) => one.startsWith(`${group}.`))
  return suffixed.length > 0 ? suffixed : nearestWords(group, apis.groups)
}

function lintEntry(rule: PolicyRule, entry: string, at: number, apis: KnownApis): RuleIssue[] {
  const path = [...rule.path, 'resources', at]
  if (entry === '*') return []
  if (entry.endsWith('/*')) return [matchesNothing(entry, rule, path, apis)]
  if (rule.apiGroups.length === 0 || rule.apiGroups.some((group) => isOpen(group, apis))) return []
  if (rule.apiGroups.some((group) => verbsOf(apis, group, entry) !== undefined)) return []
  for (const group of rule.apiGroups) {
    const since = REMOVED_RESOURCES.get(`${group}/${mainName(entry)}`)
    if (since !== undefined)
      return [issue('removed-api', 'warning', path, `\`${entry}\` is gone since ${since}`)]
  }
  const name = mainName(entry)
  if (name === '*') return lintAnySubresource(rule, entry, path, apis)
  const known = rule.apiGroups.filter((group) => apis.namesIn(group).includes(name))
  if (known.length === 0) return [unknownResource(rule, entry, name, path, apis)]
  const sub = entry.slice(name.length + 1)
  if (isSubresourceOfAnything(sub)) return []
  const subs = known.flatMap((group) => subresourcesOf(group, name, apis))
  const text =
    subs.length === 0 ? `\`${name}\` has no subresources` : `\`${name}\` has no subresource \`${sub}\``
  const candidates = nearestWords(sub, subs).map((one) => `${name}/${one}`)
  return [issue('unknown-subresource', 'error', path, text, candidates)]
}

/** Whether a group may have resources that nobody told us of. */
function isOpen(group: string, apis: KnownApis): boolean {
  return group === '*' || !apis.groups.has(group)
}

function matchesNothing(
  entry: string,
  rule: PolicyRule,
  path: RuleIssue['path'],
  apis: KnownApis,
): RuleIssue {
  const name = mainName(entry)
  const subs = name === '*' ? [] : rule.apiGroups.flatMap((group) => subresourcesOf(group, name, apis))
  const told = unique(subs).map((sub) => `\`${name}/${sub}\``)
  const instead = told.length === 0 ? '' : `: name what is meant, of ${told.join(', ')}`
  const message = `\`${entry}\` is no wildcard and matches nothing${instead}`
  return issue('matches-nothing', 'error', path, message, name === '*' ? ['*'] : [])
}

function lintAnySubresource(
  rule: PolicyRule,
  entry: string,
  path: RuleIssue['path'],
  apis: KnownApis,
): RuleIssue[] {
  const sub = entry.slice(2)
  if (isSubresourceOfAnything(sub)) return []
  const subs = rule.apiGroups.flatMap((group) =>
    apis.namesIn(group).flatMap((name) => subresourcesOf(group, name, apis)),
  )
  if (subs.includes(sub)) return []
  const candidates = nearestWords(sub, subs).map((one) => `*/${one}`)
  return [
    issue(
      'unknown-subresource',
      'error',
      path,
      `no resource of its groups has a subresource \`${sub}\``,
      candidates,
    ),
  ]
}

function unknownResource(
  rule: PolicyRule,
  entry: string,
  name: string,
  path: RuleIssue['path'],
  apis: KnownApis,
): RuleIssue {
  const sub = entry.slice(name.length)
  const named = rule.apiGroups.map(groupInWords).join(' and ')
  const elsewhere = apis.groupsOf(name)
  if (elsewhere.length > 0) {
    const where = elsewhere.map(groupInWords).join(' and ')
    return issue('wrong-group', 'error', path, `\`${name}\` is in ${where}, not in ${named}`)
  }
  const inRule = (group: string): boolean => rule.apiGroups.includes(group)
  const meant = apis
    .meant(name)
    .filter(({ group }) => inRule(group))
    .map((one) => one.name)
  const words = rule.apiGroups.flatMap((group) => apis.namesIn(group))
  const near = meant.length > 0 ? meant : nearestWords(name.toLowerCase(), words)
  const exact = words.includes(name.toLowerCase()) ? [name.toLowerCase()] : []
  const candidates = unique([...exact, ...near]).slice(0, 3)
  return issue(
    'unknown-resource',
    'error',
    path,
    `there is no resource \`${name}\` in ${named}`,
    candidates.map((one) => one + sub),
  )
}

function subresourcesOf(group: string, name: string, apis: KnownApis): string[] {
  const told = apis.resource(group, name).flatMap((one) => one.subresources.map((sub) => sub.name))
  const virtual = VIRTUAL_RESOURCES.filter(
    (one) => one.group === group && one.resource.startsWith(`${name}/`) && !one.resource.endsWith('*'),
  ).map((one) => one.resource.slice(name.length + 1))
  return unique([...told, ...virtual]).sort()
}

function mainName(entry: string): string {
  return entry.split('/', 1)[0] ?? ''
}

function unique(words: readonly string[]): string[] {
  return [...new Set(words)]
}
