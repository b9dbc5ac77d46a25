import type { Attributes } from '../attributes.js'
import type { WebhookAnswer } from '../chain/index.js'
import { AnswerCache } from './answer-cache.js'
import { buildReview, reviewSpec, type ReviewVersion } from './build-review.js'
import { readAnswer } from './read-answer.js'

/** What came back from one try: an answer's body, or what went wrong and whether another try may help. */
export type SendResult =
  | { readonly kind: 'answer'; readonly body: string }
  | { readonly kind: 'failure'; readonly message: string; readonly retry: boolean }

/** Posts the text of a review. It does not throw. */
export type SendReview = (body: string) => Promise<SendResult>

export interface WebhookOptions {
  readonly version: ReviewVersion
  /** Milliseconds; zero keeps nothing. */
  readonly authorizedTTL: number
  readonly unauthorizedTTL: number
  readonly send: SendReview
  /** Milliseconds since any point; for tests. */
  readonly now?: () => number
  readonly sleep?: (milliseconds: number) => Promise<void>
  /** From 0 up to 1; for tests. */
  readonly random?: () => number
}

/** Source: kubernetes v1.36.2 apiserver pkg/server/options/authorization_webhook.go, DefaultAuthWebhookRetryBackoff. */
const TRIES = 5
const FIRST_WAIT = 500
const FACTOR = 1.5
const JITTER = 0.2
/** Longer questions are not kept. Source: webhook.go, maxControlledAttrCacheSize. */
const LONGEST_KEPT = 10_000

/**
 * Asks a webhook as the API server does: answers are kept for their time, failures never; tries that another one may
 * mend are repeated up to five times with growing waits.
 */
export function createWebhookAsker(
  options: WebhookOptions,
): (attributes: Attributes) => Promise<WebhookAnswer> {
  const { version, send, authorizedTTL, unauthorizedTTL } = options
  const sleep = options.sleep ?? wait
  const random = options.random ?? Math.random
  const cache = new AnswerCache(options.now ?? Date.now)
  return async (attributes) => {
    const key = JSON.stringify(reviewSpec(attributes, 'v1'))
    const known = cache.get(key)
    if (known !== undefined) return known
    const body = JSON.stringify(buildReview(attributes, version))
    const result = await tryAgain(() => send(body), sleep, random)
    if (result.kind === 'failure') return { failed: result.message }
    const answer = readAnswer(result.body, version)
    if (!('failed' in answer) && mayKeep(attributes)) {
      const allowed = answer.verdict === 'allow' || answer.error !== undefined
      cache.set(key, answer, allowed ? authorizedTTL : unauthorizedTTL)
    }
    return answer
  }
}

async function tryAgain(
  send: () => Promise<SendResult>,
  sleep: (milliseconds: number) => Promise<void>,
  random: () => number,
): Promise<SendResult> {
  let pause = FIRST_WAIT
  for (let attempt = 1; ; attempt++) {
    const result = await send()
    if (result.kind === 'answer' || !result.retry) return result
    if (attempt === TRIES) return { ...result, message: `${result.message} (${TRIES} tries)` }
    await sleep(pause * (1 + random() * JITTER))
    pause *= FACTOR
  }
}

function wait(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** Source: webhook.go, shouldCache. */
function mayKeep(attributes: Attributes): boolean {
  const parts =
    attributes.kind === 'resource'
      ? [
          attributes.namespace,
          attributes.verb,
          attributes.group,
          attributes.version,
          attributes.resource,
          attributes.subresource,
          attributes.name,
        ]
      : [attributes.verb, attributes.path]
  return parts.reduce((length, part) => length + part.length, 0) < LONGEST_KEPT
}
