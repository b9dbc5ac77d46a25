import {
  isSubresourceOfAnything,
  isVerbOfAnything,
  VIRTUAL_VERBS,
  type PolicyRule,
} from '../../kube/index.js'
import { nearestWords } from '../../text/index.js'
import { issue, type RuleIssue } from './issue.js'
import { verbsOf, type KnownApis } from './known-apis.js'

const RESOURCE_VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch']
const ALL_VERBS: ReadonlySet<string> = new Set([...RESOURCE_VERBS, ...VIRTUAL_VERBS])
// The verb of such a request is the method in lower case. Source: kubernetes v1.36.2 apiserver
// pkg/endpoints/request/requestinfo.go, NewRequestInfo.
const URL_VERBS: ReadonlySet<string> = new Set(['get', 'put', 'post', 'head', 'options', 'delete', 'patch'])

/** What people write for verbs that have other names. */
const OTHER_WORDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['read', ['get', 'list', 'watch']],
  ['view', ['get', 'list', 'watch']],
  ['write', ['create', 'update', 'patch']],
  ['edit', ['update', 'patch']],
  ['put', ['update']],
  ['post', ['create']],
  ['remove', ['delete']],
  ['deletecollections', ['deletecollection']],
  ['all', ['*']],
])

/** The same for URLs, whose verbs are methods of HTTP. */
const URL_WORDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['list', ['get']],
  ['watch', ['get']],
  ['read', ['get']],
  ['create', ['post']],
  ['update', ['put']],
  ['all', ['*']],
])

/** Verbs that nothing knows, and verbs that no target of the rule has. */
export function lintVerbs(rule: PolicyRule, apis: KnownApis): RuleIssue[] {
  const isUrlRule = rule.nonResourceURLs.length > 0 && rule.resources.length === 0
  const known = isUrlRule ? URL_VERBS : ALL_VERBS
  const supported = isUrlRule ? undefined : supportedVerbs(rule, apis)
  return rule.verbs.flatMap((verb, at) => {
    if (verb === '*' || (!isUrlRule && isVerbOfAnything(verb))) return []
    const path = [...rule.path, 'verbs', at]
    if (supported !== undefined && !supported.has(verb) && ALL_VERBS.has(verb)) {
      const targets = rule.resources.map((entry) => `\`${entry}\``).join(' and ')
      return [
        issue(
          'verb-not-supported',
          'warning',
          path,
          `${targets} ${rule.resources.length === 1 ? 'has' : 'have'} no verb \`${verb}\``,
        ),
      ]
    }
    // A custom resource may have verbs of its own that its authorizer asks for.
    if (known.has(verb)) return []
    const candidates = meantVerbs(verb, known)
    if (candidates.length === 0 && !isUrlRule && supported === undefined) return []
    const of = isUrlRule ? 'of URLs ' : ''
    return [
      issue('unknown-verb', 'error', path, `no API server asks for a verb ${of}\`${verb}\``, candidates),
    ]
  })
}

function meantVerbs(verb: string, known: ReadonlySet<string>): readonly string[] {
  const lower = verb.trim().toLowerCase()
  if (known.has(lower)) return [lower]
  const words = known === URL_VERBS ? URL_WORDS : OTHER_WORDS
  return words.get(lower) ?? nearestWords(lower, known)
}

/** The verbs that some target has; undefined where a target is not known or is everything. */
function supportedVerbs(rule: PolicyRule, apis: KnownApis): ReadonlySet<string> | undefined {
  const verbs = new Set<string>()
  for (const entry of rule.resources) {
    if (entry.startsWith('*') || isSubresourceOfAnything(entry.split('/')[1] ?? '')) return undefined
    let found = false
    for (const group of rule.apiGroups) {
      if (!apis.groups.has(group)) return undefined
      const own = verbsOf(apis, group, entry)
      if (own === undefined) continue
      found = true
      for (const verb of own) verbs.add(verb)
    }
    if (!found) return undefined
  }
  return rule.resources.length === 0 ? undefined : verbs
}
