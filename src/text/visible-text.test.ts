import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hostileText } from '../../test/kit/hostile-result.js'
import { visible, visibleJson, visibleLine, visibleLines } from './visible-text.js'

it.each([
  ['plain text, 漢字, é', 'plain text, 漢字, é'],
  ['\x1b[31mred', '\\x1b[31mred'],
  ['a\nb\r\tc', 'a\\nb\\r\\tc'],
  ['\x00\x7f\x9b', '\\x00\\x7f\\x9b'],
  ['user\u202egpj.exe', 'user\\u{202e}gpj.exe'],
  ['a\u200bb\ufeff', 'a\\u{200b}b\\u{feff}'],
  ['\ud800', '\\u{d800}'],
  ['\u{e0041}', '\\u{e0041}'],
  ['😀', '😀'],
])('writes out what cannot be seen: %j', (text, shown) => {
  expect(visible(text)).toBe(shown)
})

it('keeps tabs of source lines as blanks and drops empty lines at the ends only', () => {
  expect(visibleLine('\tkey: value')).toBe('  key: value')
  expect(visibleLines('\nfirst\n\nlast\x07\n')).toEqual(['first', '', 'last\\x07'])
})

it('leaves no hidden character in any text, and changes nothing twice', () => {
  fc.assert(
    fc.property(hostileText(), (text) => {
      const shown = visible(text)
      expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
      expect(visible(shown)).toBe(shown)
    }),
  )
})

it('is JSON that gives every text back and shows nothing hidden', () => {
  fc.assert(
    fc.property(hostileText(), (text) => {
      const json = visibleJson({ [text]: [text] })
      expect(json.replaceAll('\n', '')).not.toMatch(
        /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/u,
      )
      expect(JSON.parse(json)).toEqual({ [text]: [text] })
    }),
    { numRuns: 200 },
  )
})
