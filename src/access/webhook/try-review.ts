import { judgeAnswer, repeatAfter, type HttpAnswer, type JudgedAnswer } from './http-answer.js'

/** What came of one call: an answer over HTTP, or none. `reset`: the other side reset the connection. */
export type SendResult =
  | ({ readonly kind: 'answer' } & HttpAnswer)
  | { readonly kind: 'failure'; readonly message: string; readonly reset: boolean }

/** Posts the text of a review; the answer must be whole within the given milliseconds. */
export type SendReview = (body: string, milliseconds: number) => Promise<SendResult>

/** The clock and what waits by it; for tests. */
export interface Clock {
  /** Milliseconds since any point. */
  readonly now: () => number
  readonly sleep: (milliseconds: number) => Promise<void>
  /** From 0 up to 1. */
  readonly random: () => number
}

/** Source: kubernetes v1.36.2 apiserver pkg/server/options/authentication.go, DefaultAuthWebhookRetryBackoff. */
const TRIES = 5
const FIRST_WAIT = 500
const FACTOR = 1.5
const JITTER = 0.2
/** Source: client-go v0.36.2 rest/request.go, maxRetries of NewRequest. */
const REPEATS = 10

/**
 * Sends a review until there is an answer that another try would not mend: five tries with growing waits. One that says
 * when to come back is obeyed up to ten times within each try, as long as `timeout` (milliseconds) lasts.
 * Source: kubernetes v1.36.2 apiserver pkg/util/webhook/webhook.go, WithExponentialBackoff.
 */
export async function tryReview(
  send: SendReview,
  body: string,
  timeout: number,
  clock: Clock,
): Promise<JudgedAnswer> {
  let pause = FIRST_WAIT
  for (let attempt = 1; ; attempt++) {
    const result = await oneTry(send, body, timeout, clock)
    if (result.kind === 'body' || !result.retry) return result
    if (attempt === TRIES) return { ...result, message: `${result.message} (${TRIES} tries)` }
    await clock.sleep(pause * (1 + clock.random() * JITTER))
    pause *= FACTOR
  }
}

/** Source: client-go v0.36.2 rest/request.go, request; rest/with_retry.go, IsNextRetry. */
async function oneTry(send: SendReview, body: string, timeout: number, clock: Clock): Promise<JudgedAnswer> {
  const end = clock.now() + timeout
  for (let repeats = 0; ; repeats++) {
    const left = end - clock.now()
    const result = await send(body, Math.max(1, left))
    if (result.kind === 'failure') return { kind: 'failure', message: result.message, retry: result.reset }
    const seconds = repeats < REPEATS ? repeatAfter(result) : undefined
    if (seconds === undefined) return judgeAnswer(result)
    const wait = Math.max(0, seconds * 1000)
    if (wait >= end - clock.now()) {
      await clock.sleep(Math.max(0, end - clock.now()))
      const message = `the webhook asked with HTTP status ${result.status} to come back after ${seconds} s, and its timeout of ${timeout} ms was over before`
      return { kind: 'failure', message, retry: false }
    }
    await clock.sleep(wait)
  }
}
