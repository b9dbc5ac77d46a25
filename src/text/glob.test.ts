import { expect, it } from 'vitest'
import { matchesGlob } from './glob.js'

it.each([
  ['shop', 'shop', true],
  ['shop', 'shop-1', false],
  ['shop-*', 'shop-1', true],
  ['*', '', true],
  ['*a*b*', 'xxaxxbxx', true],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['pod-*', 'kubelet-pods', false],
  ['node.*', 'nodex1', false],
])('name %s on %s: %s', (pattern, text, expected) => {
  expect(matchesGlob(pattern, text)).toBe(expected)
})

it.each([
  ['deploy/*.yaml', 'deploy/web.yaml', true],
  ['deploy/*.yaml', 'deploy/prod/web.yaml', false],
  ['deploy/**', 'deploy/prod/web.yaml', true],
  ['deploy/', 'deploy/prod/web.yaml', true],
  ['**/web.yaml', 'web.yaml', true],
  ['**/web.yaml', 'a/b/web.yaml', true],
  ['**/web.yaml', 'a/myweb.yaml', false],
  ['a/**/b.yaml', 'a/b.yaml', true],
  ['a/**/b.yaml', 'a/x/y/b.yaml', true],
  ['a/?.yaml', 'a//.yaml', false],
])('path %s on %s: %s', (pattern, text, expected) => {
  expect(matchesGlob(pattern, text, 'path')).toBe(expected)
})

it('takes no long time for hostile patterns', () => {
  const start = performance.now()
  expect(matchesGlob('*a'.repeat(250), 'a'.repeat(5000))).toBe(true)
  expect(matchesGlob(`${'*a'.repeat(250)}b`, 'a'.repeat(5000))).toBe(false)
  expect(performance.now() - start).toBeLessThan(5000)
})
