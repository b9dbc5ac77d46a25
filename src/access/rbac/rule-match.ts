import type { PolicyRule } from '../../kube/index.js'

/** What a rule is asked about an object. `combined` is `resource/subresource`, or the resource alone. */
export interface ResourceQuestion {
  readonly verb: string
  readonly group: string
  readonly combined: string
  readonly subresource: string
  readonly name: string
}

/** The parts of a request that rules look at. */
type Asked =
  | { readonly kind: 'nonResource' }
  | ({ readonly kind: 'resource'; readonly resource: string } & Omit<ResourceQuestion, 'combined'>)

/** What rules are asked for a request; undefined for one of a URL. */
export function resourceAsked(asked: Asked): ResourceQuestion | undefined {
  if (asked.kind === 'nonResource') return undefined
  const { verb, group, resource, subresource, name } = asked
  return {
    verb,
    group,
    combined: subresource === '' ? resource : `${resource}/${subresource}`,
    subresource,
    name,
  }
}

/** A rule made ready for many questions. */
export interface CompiledRule {
  readonly rule: PolicyRule
  allowsResource(question: ResourceQuestion): boolean
  allowsUrl(verb: string, path: string): boolean
}

/**
 * Compiles a rule. Everything is compared exactly; a star alone is a wildcard, and a star before a slash stands for
 * any resource that has that subresource. Source: kubernetes v1.36.2 pkg/apis/rbac/v1/evaluation_helpers.go and
 * plugin/pkg/auth/authorizer/rbac/rbac.go, RuleAllows.
 */
export function compileRule(rule: PolicyRule): CompiledRule {
  const verbs = anyOf(rule.verbs)
  const groups = anyOf(rule.apiGroups)
  const names = rule.resourceNames.length === 0 ? () => true : oneOf(rule.resourceNames)
  const resources = resourceTest(rule.resources)
  const urls = rule.nonResourceURLs.map(urlTest)
  return {
    rule,
    allowsResource: (question) =>
      verbs(question.verb) && groups(question.group) && resources(question) && names(question.name),
    allowsUrl: (verb, path) => verbs(verb) && urls.some((test) => test(path)),
  }
}

function anyOf(values: readonly string[]): (value: string) => boolean {
  return values.includes('*') ? () => true : oneOf(values)
}

function oneOf(values: readonly string[]): (value: string) => boolean {
  // A few texts are compared faster than they are looked up.
  if (values.length <= 4) return (value) => values.includes(value)
  const set = new Set(values)
  return (value) => set.has(value)
}

function resourceTest(resources: readonly string[]): (question: ResourceQuestion) => boolean {
  if (resources.includes('*')) return () => true
  const exact = oneOf(resources)
  const everySub = resources
    .filter((resource) => resource.startsWith('*/'))
    .map((resource) => resource.slice(2))
  if (everySub.length === 0) return ({ combined }) => exact(combined)
  return ({ combined, subresource }) =>
    exact(combined) || (subresource !== '' && everySub.includes(subresource))
}

/** Stars at the end of a URL stand for any rest; all of them are taken off. A star elsewhere is itself. */
function urlTest(url: string): (path: string) => boolean {
  if (url === '*') return () => true
  if (!url.endsWith('*')) return (path) => path === url
  const prefix = url.replace(/\*+$/, '')
  return (path) => path === url || path.startsWith(prefix)
}
