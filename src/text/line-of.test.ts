import fc from 'fast-check'
import { expect, it } from 'vitest'
import { LineIndex, lineOf } from './line-of.js'

it.each([
  ['', 0, 1, 1],
  ['a\nb', 2, 2, 1],
  ['a\nb', 1, 1, 2],
  ['a\n', 2, 2, 1],
])('finds %j at %i', (text, offset, line, column) => {
  expect(lineOf(text, offset)).toEqual({ line, column })
})

it('finds the same by an index of the lines', () => {
  const text = fc.array(fc.constantFrom('\n', 'a', '\r\n', 'é')).map((parts) => parts.join(''))
  fc.assert(
    fc.property(text, (given) => {
      const lines = new LineIndex(given)
      for (let offset = 0; offset <= given.length; offset += 1)
        expect(lines.lineOf(offset)).toEqual(lineOf(given, offset))
    }),
  )
})
