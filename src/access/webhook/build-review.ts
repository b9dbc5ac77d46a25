import type { JsonObject } from '../../model/index.js'
import type { Attributes, SelectorRequirement } from '../attributes.js'

export type ReviewVersion = 'v1' | 'v1beta1'

/** The API version of a review. */
export function reviewApiVersion(version: ReviewVersion): string {
  return `authorization.k8s.io/${version}`
}

/**
 * The question that the API server sends to a webhook. Empty fields are left out; selectors are sent as requirements.
 * Version v1beta1 names the groups `group`.
 * Source: kubernetes v1.36.2 apiserver plugin/pkg/authorizer/webhook/webhook.go, Authorize and resourceAttributesFrom.
 */
export function buildReview(attributes: Attributes, version: ReviewVersion): JsonObject {
  return {
    kind: 'SubjectAccessReview',
    apiVersion: reviewApiVersion(version),
    metadata: {},
    spec: reviewSpec(attributes, version),
    status: { allowed: false },
  }
}

/** The `spec` of a review. */
export function reviewSpec(attributes: Attributes, version: ReviewVersion): JsonObject {
  const { user } = attributes
  return present({
    ...(attributes.kind === 'resource'
      ? { resourceAttributes: resourceOf(attributes) }
      : { nonResourceAttributes: present({ path: attributes.path, verb: attributes.verb }) }),
    user: user.name,
    [version === 'v1' ? 'groups' : 'group']: [...user.groups],
    extra:
      user.extra.size === 0
        ? undefined
        : Object.fromEntries([...user.extra].map(([key, values]) => [key, [...values]])),
    uid: user.uid,
  })
}

function resourceOf(attributes: Extract<Attributes, { kind: 'resource' }>): JsonObject {
  const { namespace, verb, group, version, resource, subresource, name } = attributes
  return present({
    namespace,
    verb,
    group,
    version,
    resource,
    subresource,
    name,
    fieldSelector: selectorOf(attributes.fieldSelector),
    labelSelector: selectorOf(attributes.labelSelector),
  })
}

function selectorOf(requirements: readonly SelectorRequirement[]): JsonObject | undefined {
  if (requirements.length === 0) return undefined
  return {
    requirements: requirements.map(({ key, operator, values }) =>
      present({ key, operator, values: [...values] }),
    ),
  }
}

/** Without what Go leaves out: empty texts and lists. */
function present(fields: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(fields).filter(
      ([, value]) => value !== undefined && value !== '' && !(Array.isArray(value) && value.length === 0),
    ),
  )
}
