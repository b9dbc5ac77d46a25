import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editDistance, nearestWords } from './nearest-words.js'

describe('the words that may be meant', () => {
  it.each<[string, string[], string[]]>([
    ['podz', ['nodes', 'pods'], ['pods']],
    ['deploymets', ['deployments', 'deployment', 'pods'], ['deployments', 'deployment']],
    ['gt', ['get', 'put', 'list'], ['get']],
    ['pods', ['pods'], []],
    ['xyz', ['pods'], []],
    ['x'.repeat(500), ['x'.repeat(501)], []],
  ])('%s', (word, words, expected) => {
    expect(nearestWords(word, words)).toEqual(expected)
  })

  it('measures what must be changed', () => {
    expect([editDistance('', 'abc'), editDistance('kitten', 'sitting'), editDistance('ab', 'ba')]).toEqual([
      3, 3, 2,
    ])
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => editDistance(a, b) === editDistance(b, a)))
  })
})
