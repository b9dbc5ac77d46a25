import { describe, expect, it } from 'vitest'
import type { Attributes } from '../attributes.js'
import type { Authorizer, Decision } from '../authorizer.js'
import { alwaysAllow, alwaysDeny } from './built-in.js'
import { createChain, type ChainMember } from './chain.js'
import { createWebhookMember, type WebhookAnswer } from './webhook-member.js'

const asked = (name = 'alice', ...groups: string[]): Attributes => ({
  kind: 'nonResource',
  user: { name, uid: '', groups, extra: new Map() },
  verb: 'get',
  path: '/x',
})
const says = (name: string, decision: Decision): Authorizer => ({
  name,
  type: 'RBAC',
  authorize: () => decision,
})
const none = (name: string, reason = '', error?: string): Authorizer =>
  says(name, { verdict: 'noOpinion', reason, ...(error === undefined ? {} : { error }) })
const hook = (
  answer?: WebhookAnswer,
  failurePolicy: 'Deny' | 'NoOpinion' = 'NoOpinion',
  conditions: (boolean | { error: string })[] = [],
) =>
  createWebhookMember({
    name: 'hook',
    failurePolicy,
    conditions: conditions.map((result, index) => ({ expression: `c${index}`, evaluate: () => result })),
    ...(answer === undefined ? {} : { answer: () => answer }),
  })

describe('createChain', () => {
  it.each<[string, ChainMember[], object]>([
    ['nobody', [], { verdict: 'noOpinion', reason: '' }],
    ['the first that allows', [none('a', 'r'), alwaysAllow], { verdict: 'allow', reason: '' }],
    ['AlwaysDeny stops nobody', [alwaysDeny, alwaysAllow], { verdict: 'allow' }],
    [
      'reasons of all, on lines',
      [none('a', 'one'), none('b'), none('c', 'two')],
      { verdict: 'noOpinion', reason: 'one\ntwo' },
    ],
    ['errors of all', [none('a', '', 'e1'), none('b', '', 'e2'), none('c', '', 'e1')], { error: '[e1, e2]' }],
    ['a denial', [hook({ verdict: 'deny', reason: 'no' }), alwaysAllow], { verdict: 'deny', reason: 'no' }],
    ['a webhook that fails open', [hook({ failed: 'x' }), alwaysAllow], { verdict: 'allow' }],
    [
      'a webhook that fails closed',
      [hook({ failed: 'x' }, 'Deny'), alwaysAllow],
      { verdict: 'deny', reason: '', error: 'x' },
    ],
    [
      'a condition that is false',
      [hook({ verdict: 'allow', reason: '' }, 'Deny', [{ error: 'e' }, false])],
      { verdict: 'noOpinion' },
    ],
    [
      'a condition that fails',
      [hook({ verdict: 'allow', reason: '' }, 'Deny', [true, { error: 'e' }])],
      { verdict: 'deny', error: 'e' },
    ],
    [
      'conditions that are true',
      [hook({ verdict: 'allow', reason: 'w' }, 'Deny', [true, true])],
      { verdict: 'allow', reason: 'w' },
    ],
  ])('%s', async (_name, members, expected) => {
    const chain = createChain(members)
    expect(chain.decide(asked())).toMatchObject(expected)
    expect(await chain.authorize(asked())).toEqual(chain.decide(asked()))
  })

  it('asks for system:masters first, exactly', () => {
    const chain = createChain([hook({ verdict: 'deny', reason: '' })])
    expect(chain.decide(asked('a', 'system:masters')).verdict).toBe('allow')
    expect(chain.decide(asked('a', 'System:masters')).verdict).toBe('deny')
  })

  it('names the authorizer of each reason from 1.37 on', () => {
    const chain = createChain([none('a', 'one'), none('b', 'two')], { minor: 37 })
    expect(chain.decide(asked()).reason).toBe('a: one\nb: two')
  })

  it('does not know what a webhook says that nobody asked, and tells what each answer leads to', async () => {
    const chain = createChain([hook(undefined, 'Deny'), alwaysAllow])
    expect(await chain.authorize(asked())).toMatchObject({
      verdict: 'unknown',
      outcomes: {
        webhook: 'hook',
        ifAllowed: 'allow',
        ifDenied: 'deny',
        ifNoOpinion: { verdict: 'allow' },
        ifFailed: { verdict: 'deny' },
      },
    })
    const skipped = createChain([hook(undefined, 'Deny', [false]), alwaysAllow])
    expect(skipped.decide(asked()).verdict).toBe('allow')
    const decided = createChain([alwaysAllow, hook()])
    expect(decided.decide(asked()).verdict).toBe('allow')
  })

  it('waits for a webhook that answers later', async () => {
    const member = createWebhookMember({
      name: 'hook',
      failurePolicy: 'Deny',
      conditions: [],
      ask: () => Promise.resolve({ verdict: 'allow', reason: 'later' }),
    })
    expect(await createChain([member]).authorize(asked())).toMatchObject({
      verdict: 'allow',
      reason: 'later',
    })
    expect(createChain([member]).decide(asked()).verdict).toBe('unknown')
  })
})
