import { asString, field, isObject } from '../../model/index.js'
import type { Decision } from '../authorizer.js'
import type { WebhookAnswer } from '../chain/index.js'
import { reviewApiVersion, type ReviewVersion } from './build-review.js'

const KNOWN: readonly ReviewVersion[] = ['v1', 'v1beta1']

/**
 * What the API server makes of a webhook's answer. An answer of the other version is decoded into an object that nobody
 * looks at: nothing of it counts. An evaluation error in it is not looked at either.
 * Source: kubernetes v1.36.2 apiserver plugin/pkg/authorizer/webhook/webhook.go, Authorize; client-go rest, Result.Into.
 */
export function readAnswer(text: string, version: ReviewVersion): WebhookAnswer {
  let content: unknown
  try {
    content = JSON.parse(text)
  } catch {
    return { failed: 'the webhook answered something that is not JSON' }
  }
  if (!isObject(content)) return { failed: 'the webhook answered something that is not an object' }
  const apiVersion = asString(content.apiVersion) ?? reviewApiVersion(version)
  const kind = asString(content.kind) ?? 'SubjectAccessReview'
  if (apiVersion !== reviewApiVersion(version) || kind !== 'SubjectAccessReview')
    return ofAnother(apiVersion, kind, version)
  const status = field(content, 'status') ?? {}
  if (!isObject(status)) return { failed: 'the `status` of the answer is not a mapping' }
  for (const name of ['allowed', 'denied'] as const) {
    const value = status[name] ?? false
    if (typeof value !== 'boolean')
      return { failed: `\`status.${name}\` of the answer is neither true nor false` }
  }
  const reason = status.reason ?? ''
  if (typeof reason !== 'string') return { failed: '`status.reason` of the answer is not a text' }
  return decisionOf(status.allowed === true, status.denied === true, reason)
}

function decisionOf(allowed: boolean, denied: boolean, reason: string): Decision {
  if (allowed && denied) {
    const error = 'webhook subject access review returned both allow and deny response'
    return { verdict: 'deny', reason, error }
  }
  return { verdict: denied ? 'deny' : allowed ? 'allow' : 'noOpinion', reason }
}

function ofAnother(apiVersion: string, kind: string, version: ReviewVersion): WebhookAnswer {
  if (kind === 'SubjectAccessReview' && KNOWN.some((each) => reviewApiVersion(each) === apiVersion)) {
    const note = `the webhook answered ${apiVersion} to a question of ${version}: nothing of it counts`
    return { verdict: 'noOpinion', reason: '', note }
  }
  return {
    failed: `the webhook answered with a \`${kind}\` of \`${apiVersion}\`, which is no SubjectAccessReview`,
  }
}
