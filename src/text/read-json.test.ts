import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { JsonScanner } from './json-scanner.js'
import { readJson } from './index.js'

describe('readJson', () => {
  it.each<[string, string, number, number]>([
    ['{"a": 1,\n "b": }', 'syntax', 2, 7],
    ['{"a": [1, 2}', 'syntax', 1, 12],
    ['{"a": "x\ny"}', 'syntax', 1, 9],
    ['{"a": 1} x', 'syntax', 1, 10],
    ['{"a": 1', 'syntax', 1, 8],
    ['{"a": 01}', 'syntax', 1, 8],
    ["{'a': 1}", 'syntax', 1, 2],
    ['', 'syntax', 1, 1],
    ['['.repeat(100_000) + ']'.repeat(100_000), 'too-deep', 1, 1],
  ])('names the place of what is wrong in %j', (text, code, line, column) => {
    expect(readJson(text)).toMatchObject({ problems: [{ code, line, column, level: 'error' }] })
  })

  it('warns of keys that stand twice when asked to', () => {
    const text = '{"a": {"b": 1, "b": 2}, "c": [{"b": 1}, {"b": 1}],\n "\\u0061": 3}'
    const { value, problems } = readJson(text, { checkKeys: true })
    expect(value).toEqual({ a: 3, c: [{ b: 1 }, { b: 1 }] })
    expect(problems.map(({ code, line, column }) => [code, line, column])).toEqual([
      ['duplicate-key', 1, 16],
      ['duplicate-key', 2, 2],
    ])
    expect(readJson(text).problems).toEqual([])
  })

  it('agrees with JSON.parse about what is JSON, whatever the text', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '\\',
      '1',
      '-',
      '.5',
      'e3',
      'true',
      'nul',
      ' ',
      '\n',
      '\\u00e9',
      'é',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.array(piece, { maxLength: 12 }).map((parts) => parts.join('')),
        ),
        (text) => {
          let valid = true
          try {
            JSON.parse(text)
          } catch {
            valid = false
          }
          const scanner = new JsonScanner(text)
          const end = scanner.skipValue(0)
          expect(end >= 0 && scanner.skipSpace(end) === text.length).toBe(valid)
          expect(readJson(text).problems).toHaveLength(valid ? 0 : 1)
        },
      ),
      { numRuns: 1000 },
    )
  })
})
