import type { PolicyRule, UsedRequest } from '../../kube/index.js'
import { compileRule, resourceAsked } from '../rbac/index.js'
import type { RuleParts } from '../rbac/index.js'
import { isImpersonation, isShownInLog, REQUEST_VERBS } from './shown-in-log.js'

/** What a log shows of one subject. */
export interface UseShown {
  readonly requests: readonly UsedRequest[]
  readonly impersonates: boolean
  /** Whether the audit policy would have recorded a request of this form; without it everything is recorded. */
  readonly isRecorded?: (request: UsedRequest) => boolean
}

/** One verb on one resource (of some groups), or on one URL. */
interface Right {
  readonly verb: string
  readonly groups: readonly string[]
  readonly resource: string
  readonly url: string
}

export interface RuleUse {
  /** Requests that the rule allows. */
  readonly requests: readonly UsedRequest[]
  /** Pairs of verb and resource that no request used. */
  readonly unused: readonly RuleParts[]
  /** Pairs with a star of which only a part was used. */
  readonly wide: readonly RuleParts[]
  /** What the rule would have to give: what was used, and what no log shows. */
  readonly needed: readonly RuleParts[]
}

/**
 * Which pairs of verb and resource of a rule were used. A rule that names objects counts as used by a request for any of
 * that resource, since logs are read without names; a star is used as far as requests went.
 */
export function useOfRule(rule: PolicyRule, shown: UseShown): RuleUse {
  const compiled = compileRule({ ...rule, resourceNames: [] })
  const requests = shown.requests.filter((request) => {
    if (request.path !== '') return compiled.allowsUrl(request.verb, request.path)
    const { verb, apiGroup: group, resource, subresource } = request
    const question = resourceAsked({ kind: 'resource', verb, group, resource, subresource, name: '' })
    return question !== undefined && compiled.allowsResource(question)
  })
  const unused: Right[] = []
  const wide: Right[] = []
  const needed: Right[] = []
  for (const resource of new Set(rule.resources)) {
    for (const verb of new Set(rule.verbs)) judgeResource(verb, resource)
  }
  for (const url of new Set(rule.nonResourceURLs)) {
    for (const verb of new Set(rule.verbs)) judgeUrl(verb, url)
  }
  return {
    requests,
    unused: together(unused, rule),
    wide: together(wide, rule),
    needed: together(needed, rule),
  }

  function judgeResource(verb: string, resource: string): void {
    const right = { verb, groups: rule.apiGroups, resource, url: '' }
    const used = requests.filter(
      (request) => request.path === '' && (verb === '*' || request.verb === verb) && isOf(resource, request),
    )
    const seen = used.map((request) => ({
      verb: request.verb,
      groups: [request.apiGroup],
      resource: nameOf(request),
      url: '',
    }))
    const star = verb === '*' || resource === '*' || resource.startsWith('*/')
    if (isImpersonation(verb) ? shown.impersonates : !isJudged(right, rule, shown)) needed.push(right)
    else if (used.length === 0) unused.push(right)
    else if (!star || (verb === '*' && resource !== '*' && hasEveryVerb(used)))
      needed.push(star ? right : narrowed(right, seen))
    else {
      needed.push(...seen)
      wide.push(right)
    }
  }

  // Servers that ask the API server about their callers use URLs too, so that only the star is judged.
  function judgeUrl(verb: string, url: string): void {
    const right = { verb, groups: [], resource: '', url }
    if (url !== '*') return void needed.push(right)
    const used = requests.filter((request) => request.path !== '' && (verb === '*' || request.verb === verb))
    ;(used.length === 0 ? unused : wide).push(right)
    needed.push(...used.map((request) => ({ ...right, verb: request.verb, url: request.path })))
  }
}

function narrowed(right: Right, seen: readonly Right[]): Right {
  return { ...right, groups: [...new Set(seen.flatMap(({ groups }) => groups))].sort() }
}

function isJudged({ verb, resource }: Right, rule: PolicyRule, { isRecorded }: UseShown): boolean {
  if (!isShownInLog(verb, resource)) return false
  if (isRecorded === undefined || resource === '*' || resource.startsWith('*/')) return true
  const [name = '', subresource = ''] = resource.split('/', 2)
  const verbs = verb === '*' ? REQUEST_VERBS : [verb]
  return rule.apiGroups.every((apiGroup) =>
    verbs.every((each) =>
      isRecorded({ verb: each, path: '', apiGroup, resource: name, subresource, namespace: '' }),
    ),
  )
}

function nameOf({ resource, subresource }: UsedRequest): string {
  return subresource === '' ? resource : `${resource}/${subresource}`
}

function isOf(resource: string, request: UsedRequest): boolean {
  if (resource === '*' || resource === nameOf(request)) return true
  return resource.startsWith('*/') && request.subresource !== '' && resource.slice(2) === request.subresource
}

function hasEveryVerb(used: readonly UsedRequest[]): boolean {
  const verbs = new Set(used.map(({ verb }) => verb))
  return REQUEST_VERBS.every((verb) => verbs.has(verb))
}

/** Rights as few rules, whatever their order: verbs of one resource together, then resources with the same verbs. */
function together(
  rights: readonly Right[],
  { resourceNames }: Pick<PolicyRule, 'resourceNames'>,
): RuleParts[] {
  const rules: RuleParts[] = rights.map(({ verb, groups, resource, url }) => ({
    verbs: [verb],
    apiGroups: url === '' ? groups : [],
    resources: url === '' ? [resource] : [],
    resourceNames: url === '' ? resourceNames : [],
    nonResourceURLs: url === '' ? [] : [url],
  }))
  return mergedRules(rules)
}

const STEPS = ['verbs', 'resources', 'nonResourceURLs'] as const

/** The same rights in fewer rules: those that differ in one list alone become one. Sorted. */
export function mergedRules(rules: readonly RuleParts[]): RuleParts[] {
  const merged = STEPS.reduce<readonly RuleParts[]>((all, step) => mergedIn(all, step), rules)
  return [...merged].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

function mergedIn(rules: readonly RuleParts[], list: (typeof STEPS)[number]): RuleParts[] {
  const byRest = new Map<string, { first: RuleParts; values: Set<string> }>()
  for (const rule of rules) {
    const key = keyOf({ ...rule, [list]: [] })
    // A rule of URLs and one of resources are never one.
    const kind = `${rule.resources.length === 0} ${key}`
    const entry = byRest.get(kind)
    if (entry === undefined) byRest.set(kind, { first: rule, values: new Set(rule[list]) })
    else for (const value of rule[list]) entry.values.add(value)
  }
  return [...byRest.values()].map(({ first, values }) => ({ ...first, [list]: [...values].sort() }))
}

function keyOf({ verbs, apiGroups, resources, resourceNames, nonResourceURLs }: RuleParts): string {
  return JSON.stringify([apiGroups, resources, nonResourceURLs, verbs, resourceNames])
}
