import { reviewSpec, type Attributes, type User } from '../access/index.js'
import { asBoolean, asObject, asString, asStrings, isObject, type JsonObject } from '../model/index.js'
import type { ApiClient } from './api-client.js'

/** What the API server itself says to a question. */
export interface ReviewedAccess {
  readonly allowed: boolean
  /** Refused for good, by an authorizer that denies. */
  readonly denied: boolean
  readonly reason: string
  readonly error?: string
}

/** Asks the API server whether somebody may do something; nothing is done. Throws ApiError when that may not be asked. */
export async function reviewAccess(
  client: Pick<ApiClient, 'sendJson'>,
  attributes: Attributes,
): Promise<ReviewedAccess> {
  const answer = await client.sendJson('/apis/authorization.k8s.io/v1/subjectaccessreviews', {
    apiVersion: 'authorization.k8s.io/v1',
    kind: 'SubjectAccessReview',
    spec: reviewSpec(attributes, 'v1'),
  })
  const status = asObject(answer.status)
  const error = asString(status.evaluationError)
  return {
    allowed: asBoolean(status.allowed) ?? false,
    denied: asBoolean(status.denied) ?? false,
    reason: asString(status.reason) ?? '',
    ...(error === undefined ? {} : { error }),
  }
}

/** Who the API server takes us for. Served since 1.28; everybody who is known may ask. */
export async function reviewSelf(client: Pick<ApiClient, 'sendJson'>): Promise<User> {
  const answer = await client.sendJson('/apis/authentication.k8s.io/v1/selfsubjectreviews', {
    apiVersion: 'authentication.k8s.io/v1',
    kind: 'SelfSubjectReview',
  })
  return userOf(asObject(asObject(answer.status).userInfo))
}

function userOf(info: JsonObject): User {
  const extra = isObject(info.extra) ? info.extra : {}
  return {
    name: asString(info.username) ?? '',
    uid: asString(info.uid) ?? '',
    groups: asStrings(info.groups),
    extra: new Map(Object.entries(extra).map(([key, values]) => [key, asStrings(values)])),
  }
}
