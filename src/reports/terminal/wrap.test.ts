import fc from 'fast-check'
import { expect, it } from 'vitest'
import { clip, pieces, textWidth } from './text-width.js'
import { wrap } from './wrap.js'

it.each([
  ['abc', 3],
  ['漢字', 4],
  ['e\u0301', 1],
  ['😀!', 3],
  ['', 0],
])('counts the columns of %j', (text, width) => {
  expect(textWidth(text)).toBe(width)
})

it('clips with a sign, never through a wide character', () => {
  expect(clip('abcdef', 4)).toBe('abc…')
  expect(clip('漢字漢字', 6)).toBe('漢字…')
  expect(clip('abc', 3)).toBe('abc')
})

it('breaks words that are longer than a line', () => {
  expect(pieces('abcdefgh', 3)).toEqual(['abc', 'def', 'gh'])
  expect(wrap('one two-three-four-five six', 14, '- ')).toEqual(['- one', '  two-three-fo', '  ur-five six'])
})

it('keeps every line inside the width and loses no word', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'B', '-', ' ', '漢', '😀') }),
      fc.integer({ min: 20, max: 90 }),
      (text, width) => {
        const lines = wrap(text, width, '    ')
        for (const line of lines) expect(textWidth(line)).toBeLessThanOrEqual(width)
        expect(lines.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
      },
    ),
  )
})
