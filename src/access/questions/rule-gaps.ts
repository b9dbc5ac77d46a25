import type { PolicyRule } from '../../kube/index.js'
import type { Attributes, ResourceAttributes } from '../attributes.js'

/** One part of a question that a rule does not allow. */
export interface RuleGap {
  readonly kind: 'verb' | 'api-group' | 'subresource' | 'resource-name' | 'url'
  /** Continues a sentence about the role: what it allows, and what is missing. */
  readonly text: string
}

/**
 * What keeps a rule from allowing a request; empty when it allows it. A rule about another resource altogether has two
 * gaps, so that nobody takes it for a near miss.
 */
export function ruleGaps(rule: PolicyRule, attributes: Attributes): RuleGap[] {
  if (attributes.kind === 'nonResource') return urlGaps(rule, attributes.verb, attributes.path)
  if (rule.resources.length === 0) return [OTHER, OTHER]
  const gaps = resourceGaps(rule, attributes)
  if (!holds(rule.verbs, attributes.verb)) {
    gaps.push({ kind: 'verb', text: `which allows ${list(rule.verbs)} and not ${attributes.verb}` })
  }
  if (!holds(rule.apiGroups, attributes.group)) {
    const asked = attributes.group === '' ? 'the core group' : attributes.group
    const named = rule.apiGroups.map((group) => (group === '' ? 'the core group ("")' : group))
    gaps.push({ kind: 'api-group', text: `whose rule is about API group ${list(named)}; asked is ${asked}` })
  }
  if (rule.resourceNames.length > 0 && !rule.resourceNames.includes(attributes.name)) {
    gaps.push({ kind: 'resource-name', text: nameGap(rule, attributes) })
  }
  return gaps
}

const OTHER: RuleGap = { kind: 'subresource', text: 'whose rule is about something else' }

function resourceGaps(rule: PolicyRule, { resource, subresource }: ResourceAttributes): RuleGap[] {
  const combined = subresource === '' ? resource : `${resource}/${subresource}`
  if (holds(rule.resources, combined)) return []
  if (subresource !== '' && rule.resources.includes(`*/${subresource}`)) return []
  const looksWild = rule.resources.find((each) => each === `${resource}/*` || each === '*/*')
  if (looksWild !== undefined) {
    const text = `whose \`${looksWild}\` is no wildcard: write \`${combined}\`${subresource === '' ? '' : ` or \`*/${subresource}\``}`
    return [{ kind: 'subresource', text }]
  }
  if (subresource !== '' && rule.resources.includes(resource)) {
    return [
      {
        kind: 'subresource',
        text: `which allows \`${resource}\` and not its subresource: add \`${combined}\``,
      },
    ]
  }
  const below = rule.resources.find((each) => each.startsWith(`${resource}/`))
  if (below !== undefined) {
    return [{ kind: 'subresource', text: `which allows \`${below}\` and not \`${combined}\`` }]
  }
  return [OTHER, OTHER]
}

function nameGap(rule: PolicyRule, { verb, name }: ResourceAttributes): string {
  const names = `which allows it for the names ${list(rule.resourceNames)} only`
  if (name !== '') return `${names}, not for ${name}`
  if (verb === 'create') return `${names}; an object that is created has no name yet, so names never match`
  if (verb === 'deletecollection') return `${names}; deletecollection has no name, so names never match`
  if (verb === 'list' || verb === 'watch') {
    return `${names}; a ${verb} names nothing, but one with the field selector metadata.name does`
  }
  return `${names}; the question names none`
}

function urlGaps(rule: PolicyRule, verb: string, path: string): RuleGap[] {
  if (rule.nonResourceURLs.length === 0) return [OTHER, OTHER]
  const gaps: RuleGap[] = []
  if (!holds(rule.verbs, verb)) {
    gaps.push({ kind: 'verb', text: `which allows ${list(rule.verbs)} and not ${verb}` })
  }
  const matches = rule.nonResourceURLs.some(
    (url) => url === '*' || url === path || (url.endsWith('*') && path.startsWith(url.replace(/\*+$/, ''))),
  )
  if (!matches) {
    const near = rule.nonResourceURLs.filter(
      (url) =>
        url.replace(/\/?\*+$/, '') === path.replace(/\/$/, '') || url === `${path}/` || `${url}/` === path,
    )
    if (near.length === 0) return [OTHER, OTHER]
    gaps.push({ kind: 'url', text: `which allows ${list(near)} and not ${path}` })
  }
  return gaps
}

function holds(values: readonly string[], value: string): boolean {
  return values.includes('*') || values.includes(value)
}

function list(values: readonly string[]): string {
  const shown = values.slice(0, 8)
  return shown.length < values.length ? `${shown.join(', ')} and ${values.length - 8} more` : shown.join(', ')
}
