import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatGoDuration, parseGoDuration } from './go-duration.js'

describe('Go durations', () => {
  it.each([
    ['0', '0s'],
    ['4h', '4h0m0s'],
    ['90s', '1m30s'],
    ['1.5s', '1.5s'],
    ['100ms', '100ms'],
    ['1µs', '1µs'],
    ['-1m', '-1m0s'],
    ['.5h', '30m0s'],
    ['1h0m0.000000001s', '1h0m0.000000001s'],
  ])('reads %s as %s', (text, expected) => {
    expect(formatGoDuration(parseGoDuration(text) ?? -1n)).toBe(expected)
  })

  it.each(['', '5', 's', '1d', '1 h', '--1s', '.s', '9999999999h', '1'.repeat(1000)])(
    'refuses %j',
    (text) => {
      expect(parseGoDuration(text)).toBeUndefined()
    },
  )

  it('reads back what it prints', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(1n << 62n), max: 1n << 62n }), (nanoseconds) => {
        expect(parseGoDuration(formatGoDuration(nanoseconds))).toBe(nanoseconds)
      }),
    )
  })
})
