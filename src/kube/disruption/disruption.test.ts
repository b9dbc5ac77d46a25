import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../model/index.js'
import { budgetsOver, desiredHealthy, readBudget, whyNever } from './budget.js'
import { judgeEviction } from './judge-eviction.js'

const budget = (spec: JsonObject, status?: JsonObject, more: JsonObject = {}): JsonObject => ({
  metadata: { namespace: 'shop', name: 'web', generation: 1, ...more },
  spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
  ...(status === undefined ? {} : { status: { observedGeneration: 1, ...status } }),
})
const pod = (more: { phase?: string; ready?: boolean; metadata?: JsonObject } = {}): JsonObject => ({
  metadata: { namespace: 'shop', name: 'web-0', labels: { app: 'web' }, ...more.metadata },
  status: {
    phase: more.phase ?? 'Running',
    conditions: [{ type: 'Ready', status: (more.ready ?? true) ? 'True' : 'False' }],
  },
})
const full = { disruptionsAllowed: 0, currentHealthy: 2, desiredHealthy: 2, expectedPods: 3 }

describe('the eviction of a pod', () => {
  it.each<[string, JsonObject, JsonObject[], string, RegExp | undefined]>([
    ['without budget', pod(), [], 'free', /no budget/],
    ['a budget of another namespace', pod(), [budget({}, full, { namespace: 'other' })], 'free', /no budget/],
    [
      'a budget for other labels',
      pod({ metadata: { labels: { app: 'db' } } }),
      [budget({}, full)],
      'free',
      /no budget/,
    ],
    ['a budget without selector', pod(), [budget({ selector: undefined }, full)], 'free', /no budget/],
    ['a budget for everything', pod(), [budget({ selector: {}, minAvailable: 2 }, full)], 'held', undefined],
    [
      'it allows one',
      pod(),
      [budget({ minAvailable: 2 }, { ...full, currentHealthy: 3, disruptionsAllowed: 1 })],
      'counted',
      undefined,
    ],
    [
      'too few are healthy',
      pod(),
      [budget({ minAvailable: 2 }, full)],
      'held',
      /2 of its pods are healthy, and it wants 2/,
    ],
    ['pending', pod({ phase: 'Pending' }), [budget({ maxUnavailable: 0 }, full)], 'free', /Pending/],
    ['finished', pod({ phase: 'Failed' }), [budget({ maxUnavailable: 0 }, full)], 'free', /Failed/],
    [
      'being deleted',
      pod({ metadata: { deletionTimestamp: 'x' } }),
      [budget({ maxUnavailable: 0 }, full)],
      'free',
      /deleted/,
    ],
    ['two budgets', pod(), [budget({}, full), budget({}, full, { name: 'b' })], 'refused', /web and b/],
    [
      'pending with two budgets',
      pod({ phase: 'Pending' }),
      [budget({}, full), budget({}, full, { name: 'b' })],
      'free',
      undefined,
    ],
    [
      'not ready, always allowed',
      pod({ ready: false }),
      [budget({ maxUnavailable: 0, unhealthyPodEvictionPolicy: 'AlwaysAllow' }, full)],
      'free',
      /lets such pods go/,
    ],
    [
      'ready, always allowed for others',
      pod(),
      [budget({ maxUnavailable: 0, unhealthyPodEvictionPolicy: 'AlwaysAllow' }, full)],
      'never',
      undefined,
    ],
    [
      'not ready, enough others are',
      pod({ ready: false }),
      [budget({ minAvailable: 2 }, full)],
      'free',
      /enough others/,
    ],
    [
      'not ready, nothing wanted',
      pod({ ready: false }),
      [budget({ maxUnavailable: 3 }, { ...full, desiredHealthy: 0 })],
      'held',
      undefined,
    ],
    [
      'not ready, too few others are',
      pod({ ready: false }),
      [budget({ minAvailable: 2 }, { ...full, currentHealthy: 1 })],
      'held',
      /not ready/,
    ],
    ['no status', pod(), [budget({ minAvailable: 2 })], 'unknown', /not written/],
    [
      'an old status',
      pod(),
      [budget({ minAvailable: 2 }, full, { generation: 2 })],
      'unknown',
      /last change/,
    ],
    [
      'less than nothing',
      pod(),
      [budget({ minAvailable: 2 }, { ...full, disruptionsAllowed: -1 })],
      'refused',
      undefined,
    ],
    ['maxUnavailable 0', pod(), [budget({ maxUnavailable: 0 }, full)], 'never', /whatever their number/],
    ['maxUnavailable 0%', pod(), [budget({ maxUnavailable: '0%' }, full)], 'never', undefined],
    ['minAvailable 100%', pod(), [budget({ minAvailable: '100%' }, full)], 'never', undefined],
    [
      'as many as there are',
      pod(),
      [budget({ minAvailable: 3 }, { ...full, desiredHealthy: 3 })],
      'never',
      /wants 3 healthy of the 3/,
    ],
    [
      'more than there are',
      pod(),
      [budget({ minAvailable: 5 }, { ...full, desiredHealthy: 5 })],
      'never',
      undefined,
    ],
    [
      'its controller fails',
      pod(),
      [
        budget(
          { maxUnavailable: 1 },
          {
            ...full,
            conditions: [
              {
                type: 'DisruptionAllowed',
                status: 'False',
                reason: 'SyncFailed',
                message: 'found no controllers',
              },
            ],
          },
        ),
      ],
      'never',
      /found no controllers/,
    ],
    [
      'fields of wrong types',
      { metadata: { namespace: 'shop', labels: 7 }, status: [] },
      [{ metadata: { namespace: 'shop', name: 'x' }, spec: 'x', status: 5 }],
      'free',
      undefined,
    ],
  ])('%s', (_name, given, budgets, kind, because) => {
    const judged = judgeEviction(given, budgets.map(readBudget))
    expect(judged.kind).toBe(kind)
    if (because !== undefined) expect('because' in judged ? judged.because : '').toMatch(because)
  })
})

describe('what a budget wants', () => {
  it.each<[JsonObject, number, number]>([
    [{ minAvailable: 2 }, 5, 2],
    [{ minAvailable: '50%' }, 5, 3],
    [{ minAvailable: '1%' }, 1, 1],
    [{ maxUnavailable: 2 }, 5, 3],
    [{ maxUnavailable: 7 }, 5, 0],
    [{ maxUnavailable: '50%' }, 5, 2],
    [{ maxUnavailable: '1%' }, 1, 0],
    [{ maxUnavailable: '100%' }, 4, 0],
    [{ minAvailable: 'many' }, 4, 0],
    [{}, 4, 0],
  ])('%j of %d', (spec, expected, wanted) => {
    expect(desiredHealthy(readBudget(budget(spec)), expected)).toBe(wanted)
  })

  it('can never allow what its own arithmetic forbids, and only that', () => {
    const value = fc.oneof(
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 0, max: 120 }).map((each) => `${each}%`),
    )
    fc.assert(
      fc.property(
        fc.constantFrom('minAvailable', 'maxUnavailable'),
        value,
        fc.integer({ min: 1, max: 10 }),
        (key, amount, expected) => {
          const read = readBudget(budget({ [key]: amount }))
          // All pods are healthy, and the controller reckons as it does.
          const share =
            typeof amount === 'number' ? amount : Math.ceil((Number(amount.slice(0, -1)) * expected) / 100)
          const allowed = key === 'minAvailable' ? expected - share : Math.min(expected, share)
          expect(whyNever(read, expected) !== undefined).toBe(allowed <= 0)
        },
      ),
    )
  })

  it('is asked by each expression of its selector', () => {
    const selector = { matchExpressions: [{ key: 'app', operator: 'In', values: ['web', 'api'] }] }
    expect(budgetsOver(pod(), [readBudget(budget({ selector }))])).toHaveLength(1)
  })
})
