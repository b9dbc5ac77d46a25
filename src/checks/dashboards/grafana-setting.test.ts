import fc from 'fast-check'
import { expect, it } from 'vitest'
import { iniValue } from './grafana-setting.js'

it.each([
  ['[a]\nx = 1\n[b]\nx = 2\n', '2'],
  ['[b]\r\n x=1 \r\nx = 2\r\n[c]\nx = 3', '2'],
  ['x = 1\n[b]\n; x = 2\n# x = 3\n', undefined],
  ['[b]\nx =\n', ''],
  ['[ b ]\nx = a=b\n', 'a=b'],
  ['', undefined],
])('x of [b] in %j', (text, expected) => {
  expect(iniValue(text, 'b', 'x')).toBe(expected)
})

it('never throws', () => {
  fc.assert(
    fc.property(
      fc.string(),
      fc.string(),
      fc.string(),
      (text, section, key) => void iniValue(text, section, key),
    ),
  )
})
