import { expect, it } from 'vitest'
import { isSloppyIp } from './ip-address.js'
import { isLabelValue, isQualifiedName } from './label-syntax.js'
import { isQuantity } from './quantity.js'

it.each(['a', 'a.b/c_D', 'kubernetes.io/os', 'x'.repeat(63)])('takes %s as a key', (text) => {
  expect(isQualifiedName(text)).toBe(true)
})

it.each(['', '-a', 'a-', 'a/b/c', '/a', 'A.b/c', 'a b', 'x'.repeat(64), `${'a.'.repeat(200)}a/b`])(
  'refuses %s as a key',
  (text) => {
    expect(isQualifiedName(text)).toBe(false)
  },
)

it('takes an empty label value and refuses a wild one', () => {
  expect([isLabelValue(''), isLabelValue('a_b'), isLabelValue('a b'), isLabelValue('.')]).toEqual([
    true,
    true,
    false,
    false,
  ])
})

it.each([
  ['1Gi', true],
  ['0.5', true],
  ['.5', true],
  ['1e3', true],
  ['-1m', true],
  ['', false],
  ['1gi', false],
  ['x', false],
  ['1 Gi', false],
])('judges quantity %j', (text, expected) => {
  expect(isQuantity(text)).toBe(expected)
})

it.each([
  ['10.0.0.1', true],
  ['010.000.0.1', true],
  ['::', true],
  ['::ffff:10.0.0.01', true],
  ['10.0.0.256', false],
  ['10.0.0', false],
  ['fe80::1%eth0', false],
  ['1'.repeat(500), false],
  ['', false],
])('judges address %j', (text, expected) => {
  expect(isSloppyIp(text)).toBe(expected)
})
