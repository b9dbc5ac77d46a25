import { isObject, field } from '../../model/index.js'
import type { Decision } from '../authorizer.js'
import type { WebhookAnswer } from '../chain/index.js'
import { reviewApiVersion, type ReviewVersion } from './build-review.js'
import { parseAnswer } from './parse-answer.js'
import { misshapenField } from './review-shape.js'

/**
 * What the API server makes of the body of a webhook's answer. Kind and version may be left out; another version, even
 * one that is known, is a failure. An evaluation error in it is not looked at.
 * Source: kubernetes v1.36.2 apiserver plugin/pkg/authorizer/webhook/webhook.go, Authorize; client-go rest, Result.Into;
 * apimachinery v0.36.2 pkg/runtime/serializer/versioning.
 */
export function readAnswer(text: string, version: ReviewVersion): WebhookAnswer {
  const parsed = parseAnswer(text)
  if (parsed === undefined) return { failed: 'the webhook answered something that is neither JSON nor YAML' }
  const content = parsed.value ?? {}
  if (!isObject(content)) return { failed: 'the webhook answered something that is not an object' }
  const wrong = kindError(content.apiVersion ?? '', content.kind ?? '', version)
  if (wrong !== undefined) return { failed: wrong }
  const misshapen = misshapenField(content, version)
  if (misshapen !== undefined)
    return { failed: `\`${misshapen}\` of the webhook's answer is of the wrong type` }
  const status = field(content, 'status') ?? {}
  const told = (name: string): boolean => field(status, name) === true
  const reason = field(status, 'reason') ?? ''
  return decisionOf(told('allowed'), told('denied'), typeof reason === 'string' ? reason : '')
}

function kindError(apiVersion: unknown, kind: unknown, version: ReviewVersion): string | undefined {
  const own = reviewApiVersion(version)
  if (typeof apiVersion !== 'string' || typeof kind !== 'string') {
    return "`apiVersion` or `kind` of the webhook's answer is not a text"
  }
  const right = (kind === '' || kind === 'SubjectAccessReview') && (apiVersion === '' || apiVersion === own)
  if (right) return undefined
  const given = [kind, apiVersion].map((word) => `\`${word.slice(0, 100)}\``).join(' of ')
  return `the webhook answered with a ${given} to a \`SubjectAccessReview\` of \`${own}\`: nothing of it counts`
}

function decisionOf(allowed: boolean, denied: boolean, reason: string): Decision {
  if (allowed && denied) {
    const error = 'webhook subject access review returned both allow and deny response'
    return { verdict: 'deny', reason, error }
  }
  return { verdict: denied ? 'deny' : allowed ? 'allow' : 'noOpinion', reason }
}
