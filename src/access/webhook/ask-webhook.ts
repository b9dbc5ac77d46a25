import type { Attributes } from '../attributes.js'
import type { WebhookAnswer } from '../chain/index.js'
import { AnswerCache } from './answer-cache.js'
import { buildReview, reviewSpec, type ReviewVersion } from './build-review.js'
import { readAnswer } from './read-answer.js'
import { tryReview, type Clock, type SendReview } from './try-review.js'

export interface WebhookOptions {
  readonly version: ReviewVersion
  /** Milliseconds that one try may last. */
  readonly timeout: number
  /** Milliseconds; zero keeps nothing. */
  readonly authorizedTTL: number
  readonly unauthorizedTTL: number
  readonly send: SendReview
  readonly clock?: Partial<Clock>
}

/** Longer questions are not kept. Source: webhook.go, maxControlledAttrCacheSize. */
const LONGEST_KEPT = 10_000

const CLOCK: Clock = {
  now: Date.now,
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  random: Math.random,
}

/**
 * Asks a webhook as the API server does: answers are kept for their time, failures never; tries that another one may
 * mend are repeated. Rejects only where `send` does.
 * Source: kubernetes v1.36.2 apiserver plugin/pkg/authorizer/webhook/webhook.go, Authorize.
 */
export function createWebhookAsker(
  options: WebhookOptions,
): (attributes: Attributes) => Promise<WebhookAnswer> {
  const { version, send, timeout, authorizedTTL, unauthorizedTTL } = options
  const clock = { ...CLOCK, ...options.clock }
  const cache = new AnswerCache(clock.now)
  return async (attributes) => {
    const key = JSON.stringify(reviewSpec(attributes, 'v1'))
    const known = cache.get(key)
    if (known !== undefined) return { ...known, note: 'kept from an earlier answer' }
    const body = JSON.stringify(buildReview(attributes, version))
    const result = await tryReview(send, body, timeout, clock)
    if (result.kind === 'failure') return { failed: result.message }
    const answer = readAnswer(result.body, version)
    if (!('failed' in answer) && mayKeep(attributes)) {
      // An answer that allows and denies at once counts as one that allows.
      const allowed = answer.verdict === 'allow' || answer.error !== undefined
      cache.set(key, answer, allowed ? authorizedTTL : unauthorizedTTL)
    }
    return answer
  }
}

/** Whether a question is short enough, in bytes. Source: webhook.go, shouldCache. */
function mayKeep(attributes: Attributes): boolean {
  const { user: _user, kind: _kind, ...parts } = attributes
  const texts = Object.values(parts).filter((part) => typeof part === 'string')
  return texts.reduce((length, text) => length + Buffer.byteLength(text), 0) < LONGEST_KEPT
}
