import { describe, expect, it } from 'vitest'
import { AnswerCache } from './answer-cache.js'

const ALLOW = { verdict: 'allow', reason: '' } as const
const NONE = { verdict: 'noOpinion', reason: '' } as const

describe('AnswerCache', () => {
  it('keeps an answer for its time', () => {
    let now = 0
    const cache = new AnswerCache(() => now)
    cache.set('q', ALLOW, 100)
    cache.set('r', NONE, 20)
    now = 19
    expect([cache.get('q'), cache.get('r')]).toEqual([ALLOW, NONE])
    now = 20
    expect([cache.get('q'), cache.get('r')]).toEqual([ALLOW, undefined])
    now = 100
    expect(cache.get('q')).toBeUndefined()
    cache.set('q', NONE, 10)
    expect(cache.get('q')).toEqual(NONE)
  })

  it.each([0, -5])('keeps nothing for %i ms', (time) => {
    const cache = new AnswerCache(() => 0)
    cache.set('q', ALLOW, time)
    expect(cache.get('q')).toBeUndefined()
  })

  it('drops the answer that was used longest ago when there are more than 8192', () => {
    const cache = new AnswerCache(() => 0)
    for (let index = 0; index < 8192; index++) cache.set(String(index), ALLOW, 10)
    expect(cache.get('0')).toEqual(ALLOW)
    cache.set('one more', ALLOW, 10)
    expect(cache.get('0')).toEqual(ALLOW)
    expect(cache.get('1')).toBeUndefined()
    expect(cache.get('2')).toEqual(ALLOW)
  })
})
