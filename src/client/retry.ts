import { setTimeout as sleep } from 'node:timers/promises'
import type { IncomingMessage } from 'node:http'
import { brokeOff } from './connection-error.js'

export interface RetryOptions {
  /** How often a question is asked again. */
  readonly times: number
  /** Milliseconds before the first repetition; doubled each time. */
  readonly first: number
  /** The longest wait that is accepted, also of those that the server asks for. */
  readonly longest: number
}

/** Source: client-go v0.36.2 rest/request.go asks ten times again; waits are ours. */
export const USUAL_RETRIES: RetryOptions = { times: 10, first: 500, longest: 30_000 }
/** A broken connection may be an idle one that the server had closed; more than a few are a server that is gone. */
const BROKEN_TIMES = 3

/** Asks until the answer is one that is not to be asked for again. `repeatable`: the question changes nothing. */
export async function withRetries(
  ask: () => Promise<IncomingMessage>,
  repeatable: boolean,
  options: RetryOptions,
  signal?: AbortSignal,
): Promise<IncomingMessage> {
  for (let tried = 0; ; tried += 1) {
    let wait: number | undefined
    try {
      const response = await ask()
      wait = tried < options.times ? waitBefore(response, tried, options) : undefined
      if (wait === undefined) return response
      response.resume()
    } catch (error) {
      if (!repeatable || !brokeOff(error) || tried >= Math.min(options.times, BROKEN_TIMES)) throw error
      wait = backOff(tried, options)
    }
    await sleep(wait, undefined, { signal })
  }
}

/**
 * Milliseconds to wait before the same question, or undefined for an answer to keep. The server says that it did not
 * act: by 429, or by Retry-After with any 5xx. Source: client-go v0.36.2 rest/with_retry.go, checkWait.
 */
function waitBefore(response: IncomingMessage, tried: number, options: RetryOptions): number | undefined {
  const status = response.statusCode ?? 0
  const asked = retryAfter(response.headers['retry-after'])
  if (status !== 429 && (status < 500 || asked === undefined)) return undefined
  if (asked === undefined) return backOff(tried, options)
  return asked * 1000 > options.longest ? undefined : asked * 1000
}

/** Seconds alone: the API server sends no dates. */
function retryAfter(header: string | undefined): number | undefined {
  return header !== undefined && /^\d{1,6}$/.test(header.trim()) ? Number(header) : undefined
}

/** Doubles, with chance, so that many clients do not come back at once. */
export function backOff(tried: number, { first, longest }: RetryOptions): number {
  return Math.min(longest, first * 2 ** tried) * (0.5 + Math.random() / 2)
}
