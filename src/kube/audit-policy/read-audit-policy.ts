import { readDocument, type DocumentFields, type DocumentPlace, type DocumentRead } from '../../text/index.js'

/** How much of a request is recorded, from nothing to both bodies. */
export const AUDIT_LEVELS = ['None', 'Metadata', 'Request', 'RequestResponse'] as const
export type AuditLevel = (typeof AUDIT_LEVELS)[number]

/** When an event may be written. */
export const AUDIT_STAGES = ['RequestReceived', 'ResponseStarted', 'ResponseComplete', 'Panic'] as const
export type AuditStage = (typeof AUDIT_STAGES)[number]

export interface AuditResources {
  /** The core group is the empty string; `*` is every group. */
  readonly group: string
  readonly resources: readonly string[]
  readonly resourceNames: readonly string[]
}

/** One rule with its place in the file. Empty lists match everything. */
export interface AuditRule {
  readonly index: number
  readonly place: DocumentPlace
  readonly level: AuditLevel
  readonly users: readonly string[]
  readonly userGroups: readonly string[]
  readonly verbs: readonly string[]
  readonly resources: readonly AuditResources[]
  readonly namespaces: readonly string[]
  readonly nonResourceURLs: readonly string[]
  /** Those of the rule and of the whole policy. */
  readonly omitStages: readonly AuditStage[]
}

/** A Policy of audit.k8s.io. */
export interface AuditPolicy {
  readonly rules: readonly AuditRule[]
  readonly omitStages: readonly AuditStage[]
}

/** The older versions went with 1.24; their rules have the same fields. */
const KINDS = ['v1', 'v1beta1', 'v1alpha1'].map((version) => ({
  kind: 'Policy',
  apiVersion: `audit.k8s.io/${version}`,
}))

/**
 * Reads an audit policy as kube-apiserver does with --audit-policy-file: unknown fields are passed over, everything else
 * that it refuses is a fault.
 * Source: k8s.io/apiserver v0.36.3 pkg/audit/policy/reader.go, LoadPolicyFromBytes; pkg/apis/audit/validation,
 * ValidatePolicy.
 */
export function readAuditPolicy(text: string): DocumentRead<AuditPolicy> {
  return readDocument(text, KINDS, (policy) => {
    const omitStages = stagesOf(policy)
    const rules = policy.maps('rules').map((rule, index) => readRule(rule, index, omitStages))
    if (rules.length === 0) policy.refuse('holds no rule: a policy needs at least one', 'rules')
    return { rules, omitStages }
  })
}

function readRule(rule: DocumentFields, index: number, omitted: readonly AuditStage[]): AuditRule {
  const level = rule.text('level')
  if (!isLevel(level)) rule.refuse(`must be one of ${AUDIT_LEVELS.join(', ')}`, 'level')
  const read = {
    index,
    place: rule.placeOf(),
    level,
    users: rule.texts('users'),
    userGroups: rule.texts('userGroups'),
    verbs: rule.texts('verbs'),
    resources: rule.maps('resources').map(readResources),
    namespaces: rule.texts('namespaces'),
    nonResourceURLs: rule.texts('nonResourceURLs'),
    omitStages: [...new Set([...omitted, ...stagesOf(rule)])],
  }
  const wrongUrl = read.nonResourceURLs.findIndex((url) => !isUrlPattern(url))
  if (wrongUrl >= 0)
    rule.refuse('must begin with `/` and hold `*` at its end alone', 'nonResourceURLs', wrongUrl)
  if (read.nonResourceURLs.length > 0 && read.resources.length + read.namespaces.length > 0) {
    rule.refuse('may not stand beside `resources` or `namespaces`', 'nonResourceURLs')
  }
  return read
}

function readResources(given: DocumentFields): AuditResources {
  const group = given.text('group')
  const resources = given.texts('resources')
  const resourceNames = given.texts('resourceNames')
  if (group !== '' && group !== '*' && !DNS_SUBDOMAIN.test(group)) {
    given.refuse('must be the name of a group without a version', 'group')
  }
  if (resourceNames.length > 0 && resources.length === 0) {
    given.refuse('needs `resources` beside it', 'resourceNames')
  }
  return { group, resources, resourceNames }
}

const DNS_SUBDOMAIN = /^(?=.{1,253}$)[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)*$/

function stagesOf(given: DocumentFields): AuditStage[] {
  return given.texts('omitStages').map((stage, index) => {
    const found = AUDIT_STAGES.find((each) => each === stage)
    return found ?? given.refuse(`must be one of ${AUDIT_STAGES.join(', ')}`, 'omitStages', index)
  })
}

function isLevel(word: string): word is AuditLevel {
  return (AUDIT_LEVELS as readonly string[]).includes(word)
}

function isUrlPattern(url: string): boolean {
  return url === '*' || (url.startsWith('/') && !url.slice(0, -1).includes('*'))
}
