import { describe, expect, it } from 'vitest'
import { quantityAmount } from './quantity.js'

describe('the amount of a quantity', () => {
  it.each<[unknown, number | undefined]>([
    ['500m', 0.5],
    ['2', 2],
    [2, 2],
    ['1.5', 1.5],
    ['.5', 0.5],
    ['2.', 2],
    ['1Gi', 1073741824],
    ['64Mi', 67108864],
    ['1G', 1e9],
    ['1e3', 1000],
    ['1E3', 1000],
    ['2E', 2e18],
    ['-1', -1],
    ['100u', 0.0001],
    ['', undefined],
    ['lots', undefined],
    ['1 Gi', undefined],
    ['1e999', undefined],
    [NaN, undefined],
    [null, undefined],
    [{}, undefined],
  ])('%j is %s', (text, amount) => {
    const given = quantityAmount(text)
    if (amount === undefined) expect(given).toBeUndefined()
    else expect(given).toBeCloseTo(amount, 9)
  })
})
