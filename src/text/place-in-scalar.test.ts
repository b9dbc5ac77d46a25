import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { docEntryAt, readGoDocument } from './go-document.js'
import { placeInScalar } from './place-in-scalar.js'

function placeOf(text: string, word: string) {
  const root = readGoDocument(text).root
  const node = root === undefined ? undefined : docEntryAt(root, ['key'])?.value
  if (node?.kind !== 'scalar' || typeof node.value !== 'string') throw new Error('no text')
  return placeInScalar(text, node, node.value, node.value.indexOf(word))
}

describe('a sign of a scalar in its file', () => {
  test.each<[string, string, { line: number; column: number } | undefined]>([
    ['plain', 'key: one X\n', { line: 1, column: 10 }],
    ['plain over lines', 'key: one\n   two X\n', { line: 2, column: 8 }],
    ['literal', 'a: 1\nkey: |\n  one\n  two X\n', { line: 4, column: 7 }],
    ['literal with a deeper line', 'key: |-\n  one\n    two X\n', { line: 3, column: 9 }],
    ['literal with a blank line', 'key: | # why\n\n  one\n\n  X\n', { line: 5, column: 3 }],
    ['folded', 'key: >\n  one\n  two\n  X\n', { line: 4, column: 3 }],
    ['its first sign', 'key: >\n  X\n', { line: 2, column: 3 }],
    ['single quotes', "key: 'it''s X'\n", { line: 1, column: 13 }],
    ['double quotes', 'key: "a \\"b\\" X"\n', { line: 1, column: 15 }],
    ['double quotes with a line', 'key: "a\\n  X"\n', { line: 1, column: 12 }],
    ['double quotes over lines', 'key: "a\n  b X"\n', { line: 2, column: 5 }],
    ['JSON', '{"key": "a && \\"b\\" X"}', { line: 1, column: 21 }],
    ['escapes by number', 'key: "\\x41\\u0026 X"\n', { line: 1, column: 18 }],
    ['an escape that is not followed', 'key: "\\e X"\n', undefined],
  ])('%s', (_name, text, expected) => {
    expect(placeOf(text, 'X')).toEqual(expected)
  })

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.nat(5),
        fc.nat(20),
        fc.string(),
        fc.nat(30),
        (text, line, column, value, at) => {
          const place = placeInScalar(text, { line, column }, value, at)
          expect(place === undefined || place.line > 0).toBe(true)
        },
      ),
    )
  })
})
