import type { PolicyRule } from './policy-rule.js'

/** What rules give, from most to least. `discovery`: what tells a client only how to talk to the cluster. */
export type Strength = 'everything' | 'write' | 'secrets' | 'read' | 'discovery' | 'nothing'

const ORDER: readonly Strength[] = ['everything', 'write', 'secrets', 'read', 'discovery', 'nothing']
const READS = new Set(['get', 'list', 'watch'])
const URL_READS = new Set(['get', 'head', 'options'])

/**
 * URLs that say nothing about what runs in a cluster.
 * Source: kubernetes v1.36.2 bootstrappolicy/policy.go, system:discovery, system:public-info-viewer and
 * system:service-account-issuer-discovery.
 */
const DISCOVERY_URL =
  /^\/(?:healthz|livez|readyz|version|api|apis|openapi|\.well-known\/openid-configuration|openid\/v1\/jwks)(?:\/.*)?$/
const SELF_REVIEWS = new Set([
  'authorization.k8s.io/selfsubjectaccessreviews',
  'authorization.k8s.io/selfsubjectrulesreviews',
  'authentication.k8s.io/selfsubjectreviews',
])

/** Whether a rule is every verb on every resource of every group. */
export function isEverything(rule: PolicyRule): boolean {
  return (
    rule.verbs.includes('*') &&
    rule.apiGroups.includes('*') &&
    rule.resources.includes('*') &&
    rule.resourceNames.length === 0
  )
}

/** The strongest thing that rules give; `namespace` is that of the binding, empty for cluster-wide. */
export function strengthOf(rules: readonly PolicyRule[], namespace: string): Strength {
  return rules
    .map((rule) => ruleStrength(rule, namespace))
    .reduce<Strength>((a, b) => (ORDER.indexOf(b) < ORDER.indexOf(a) ? b : a), 'nothing')
}

function ruleStrength(rule: PolicyRule, namespace: string): Strength {
  if (rule.verbs.length === 0) return 'nothing'
  if (isEverything(rule)) return 'everything'
  const parts: Strength[] = []
  if (rule.resources.length > 0 && rule.apiGroups.length > 0) parts.push(resourceStrength(rule, namespace))
  // URLs in a Role or through a RoleBinding give nothing.
  if (namespace === '' && rule.nonResourceURLs.length > 0) parts.push(urlStrength(rule))
  return parts.reduce<Strength>((a, b) => (ORDER.indexOf(b) < ORDER.indexOf(a) ? b : a), 'nothing')
}

function resourceStrength(rule: PolicyRule, namespace: string): Strength {
  if (isSelfReview(rule) || isClusterInfo(rule, namespace)) return 'discovery'
  if (rule.verbs.some((verb) => !READS.has(verb))) return 'write'
  const core = rule.apiGroups.some((group) => group === '' || group === '*')
  const secrets = rule.resources.some((resource) => resource === 'secrets' || resource === '*')
  return core && secrets ? 'secrets' : 'read'
}

function isSelfReview(rule: PolicyRule): boolean {
  return rule.apiGroups.every((group) => rule.resources.every((name) => SELF_REVIEWS.has(`${group}/${name}`)))
}

/** The one ConfigMap that joining nodes read without a credential. Source: kubeadm phases/bootstraptoken/clusterinfo. */
function isClusterInfo(rule: PolicyRule, namespace: string): boolean {
  return (
    namespace === 'kube-public' &&
    rule.verbs.every((verb) => READS.has(verb)) &&
    rule.resources.every((resource) => resource === 'configmaps') &&
    rule.resourceNames.length > 0 &&
    rule.resourceNames.every((name) => name === 'cluster-info')
  )
}

function urlStrength(rule: PolicyRule): Strength {
  if (rule.nonResourceURLs.every((url) => DISCOVERY_URL.test(url))) {
    return rule.verbs.every((verb) => URL_READS.has(verb) || verb === '*') ? 'discovery' : 'write'
  }
  return rule.verbs.every((verb) => URL_READS.has(verb)) ? 'read' : 'write'
}
