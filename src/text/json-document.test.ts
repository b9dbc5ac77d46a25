import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { docEntryAt, docValue } from './go-document.js'
import { readJsonDocument } from './json-document.js'

describe('readJsonDocument', () => {
  it.each([
    ['{\n  "a": 1,\n}', 3, 'comma stands before the closing brace'],
    ['{"a": [1,]}', 1, 'comma stands before the closing bracket'],
    ['{\n "a": 1\n "b": 2\n}', 3, 'comma is missing after the value of `a`'],
    ['{"a" 1}', 1, 'colon is missing'],
    ['{\n// why\n"a": 1}', 2, 'key in double quotes'],
    ["{'a': 1}", 1, 'key in double quotes'],
    ['{"a": 1', 1, 'comma is missing'],
    ['{"a": "x', 1, 'not closed'],
    ['{"a": "x\ny"}', 1, 'line break'],
    ['{"a": 01}', 1, 'comma is missing'],
    ['{"a": .5}', 1, 'no JSON value'],
    ['{"a": tru}', 1, 'no JSON value'],
    ['{"a": "\\x"}', 1, 'escape'],
    ['{} {}', 1, 'follows the end'],
    ['', 1, 'ends too early'],
    ['['.repeat(5000), 1, 'deeper'],
  ])('refuses %j with its line', (text, line, message) => {
    const { root, error } = readJsonDocument(text)
    expect(root).toBeUndefined()
    expect(error?.line).toBe(line)
    expect(error?.message).toContain(message)
  })

  it('places keys and values, and reports keys that stand twice', () => {
    const { root, duplicates } = readJsonDocument('{\n  "a": {"b": true},\n  "a": {"c": null}\n}')
    if (root === undefined) throw new Error('not read')
    expect(docValue(root)).toEqual({ a: { c: null } })
    expect(docEntryAt(root, ['a'])).toMatchObject({ line: 3, column: 3 })
    expect(duplicates).toEqual([{ key: 'a', line: 3, column: 3 }])
  })

  it('keeps `__proto__` as data', () => {
    const { root } = readJsonDocument('{"__proto__": {"icc": false}}')
    expect(root === undefined ? {} : Object.keys(docValue(root) as object)).toEqual(['__proto__'])
  })

  it('reads every JSON text as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom(0, 2), (text, indent) => {
        const shown = JSON.stringify(JSON.parse(text), null, indent)
        const { root } = readJsonDocument(shown)
        expect(root === undefined ? undefined : JSON.stringify(docValue(root))).toBe(
          JSON.stringify(JSON.parse(text)),
        )
      }),
    )
  })

  it('accepts exactly what JSON.parse accepts', () => {
    fc.assert(
      fc.property(
        fc.json(),
        fc.nat(),
        fc.constantFrom(',', '}', ']', '"', ' ', '\\', '0', 'x', ''),
        (text, at, sign) => {
          const cut = at % (text.length + 1)
          const broken = text.slice(0, cut) + sign + text.slice(cut + 1)
          let valid = true
          try {
            JSON.parse(broken)
          } catch {
            valid = false
          }
          expect(readJsonDocument(broken).root !== undefined).toBe(valid)
        },
      ),
    )
  })
})
