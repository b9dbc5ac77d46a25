import { describe, expect, it } from 'vitest'
import type { Attributes } from '../attributes.js'
import { createWebhookAsker } from './ask-webhook.js'
import type { SendResult } from './try-review.js'

const request = (name = '', user = 'alice'): Attributes => ({
  kind: 'resource',
  user: { name: user, uid: '', groups: [], extra: new Map() },
  verb: 'get',
  namespace: 'shop',
  group: '',
  version: 'v1',
  resource: 'pods',
  subresource: '',
  name,
  fieldSelector: [],
  labelSelector: [],
})
const http = (status: number, body = '', retryAfter?: string): SendResult => ({
  kind: 'answer',
  status,
  body,
  contentType: 'application/json',
  retryAfter,
})
const says = (status: object): SendResult => http(200, JSON.stringify({ status }))
const ALLOW = says({ allowed: true })
const RESET: SendResult = { kind: 'failure', message: 'reset', reset: true }

/** A webhook that gives its answers one after the other, the last one for ever; time passes only by waiting. */
function hook(answers: readonly SendResult[], options: { ttl?: [number, number]; timeout?: number } = {}) {
  const waits: number[] = []
  const clock = { now: 0 }
  let calls = 0
  const ask = createWebhookAsker({
    version: 'v1',
    timeout: options.timeout ?? 3000,
    authorizedTTL: options.ttl?.[0] ?? 0,
    unauthorizedTTL: options.ttl?.[1] ?? 0,
    send: () => Promise.resolve(answers[Math.min(calls++, answers.length - 1)] as SendResult),
    clock: {
      now: () => clock.now,
      sleep: (milliseconds) => {
        waits.push(milliseconds)
        clock.now += milliseconds
        return Promise.resolve()
      },
      random: () => 0.5,
    },
  })
  return { ask, waits, clock, calls: () => calls }
}

describe('tries', () => {
  it.each<[string, SendResult[], string, number, number[]]>([
    ['an answer', [ALLOW], 'allow', 1, []],
    ['a failure that is final', [http(403)], 'failed', 1, []],
    ['500 for ever', [http(500)], 'failed', 5, [550, 825, 1237.5, 1856.25]],
    ['500, then an answer', [http(500), http(500), ALLOW], 'allow', 3, [550, 825]],
    ['500, then a final failure', [http(500), http(401)], 'failed', 2, [550]],
    ['a reset connection', [RESET, ALLOW], 'allow', 2, [550]],
    ['a connection that is refused', [{ ...RESET, reset: false }], 'failed', 1, []],
    ['429 with a second to wait', [http(429, '', '1'), ALLOW], 'allow', 2, [1000]],
    ['503 with no second to wait', [http(503, '', '0')], 'failed', 11, Array<number>(10).fill(0)],
    ['a wait beyond the timeout', [http(503, '', '5'), ALLOW], 'failed', 1, [3000]],
    ['404 that wants a wait', [http(404, '', '9'), ALLOW], 'allow', 2, [550]],
  ])('%s', async (_name, answers, outcome, calls, waits) => {
    const { ask, ...seen } = hook(answers)
    const answer = await ask(request())
    expect('failed' in answer ? 'failed' : answer.verdict).toBe(outcome)
    expect(seen.calls()).toBe(calls)
    seen.waits.forEach((wait, index) => expect(wait).toBeCloseTo(waits[index] ?? NaN))
    expect(seen.waits).toHaveLength(waits.length)
  })

  it('tells how often it tried', async () => {
    const answer = await hook([http(500)]).ask(request())
    expect(answer).toEqual({ failed: 'the webhook answered with HTTP status 500 (5 tries)' })
  })
})

describe('what is kept', () => {
  const twice = async (answers: SendResult[], ttl: [number, number], wait: number, question = request()) => {
    const { ask, clock, calls } = hook(answers, { ttl })
    await ask(question)
    clock.now += wait
    await ask(question)
    return calls()
  }
  it.each<[string, SendResult[], [number, number], number, number]>([
    ['an answer that allows', [ALLOW], [200, 0], 199, 1],
    ['not beyond its time', [ALLOW], [200, 0], 200, 2],
    ['an answer without an opinion', [says({})], [0, 50], 49, 1],
    ['an answer that denies', [says({ denied: true })], [0, 50], 49, 1],
    ['allowed and denied at once, as allowed', [says({ allowed: true, denied: true })], [50, 0], 49, 1],
    ['nothing without a time', [ALLOW], [0, 0], 0, 2],
    ['no failure', [http(403)], [9000, 9000], 1, 2],
    ['no answer of a wrong form', [says({ allowed: 1 })], [9000, 9000], 1, 2],
  ])('%s', async (_name, answers, ttl, wait, calls) => {
    expect(await twice(answers, ttl, wait)).toBe(calls)
  })

  it.each([
    ['of 9,999 bytes', 'x'.repeat(9999 - 'shopgetv1pods'.length), 1],
    ['of 10,000 bytes', 'x'.repeat(10_000 - 'shopgetv1pods'.length), 2],
    ['counted in bytes', 'é'.repeat(5000), 2],
  ])('a question %s', async (_name, name, calls) => {
    expect(await twice([ALLOW], [9000, 9000], 0, request(name))).toBe(calls)
  })

  it('only of the very same question', async () => {
    const { ask, calls } = hook([ALLOW], { ttl: [9000, 9000] })
    await ask(request())
    await ask(request('', 'bob'))
    await ask(request('web-0'))
    expect(calls()).toBe(3)
    expect(await ask(request())).toMatchObject({ verdict: 'allow', note: 'kept from an earlier answer' })
    expect(calls()).toBe(3)
  })
})
