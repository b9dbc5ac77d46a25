import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitterFor, textKind, type PartSink } from './index.js'

interface Heard {
  readonly items: string[]
  readonly documents: string[]
}

/** What a splitter says about a text that comes in pieces of `size` bytes. */
function split(text: string, format: 'yaml' | 'json', size: number): Heard {
  const heard: Heard = { items: [], documents: [] }
  const whole = Buffer.from(text)
  const sink: PartSink = {
    item: ({ bytes, offset, line, column }) => {
      expect(bytes.toString()).toBe(whole.toString('utf8', offset, offset + bytes.length))
      heard.items.push(`${line}:${column} ${bytes.toString()}`)
    },
    document: ({ shell, whole: all, offset, length, line, column, listed }) => {
      if (all !== undefined)
        expect(all.bytes.toString()).toBe(whole.toString('utf8', offset, offset + length))
      heard.documents.push(`${line}:${column} ${listed} ${shell?.bytes.toString()}`)
    },
    tooLarge: ({ line }) => heard.documents.push(`${line} too large`),
    notJson: ({ line, column }) => heard.documents.push(`${line}:${column} not JSON`),
  }
  const splitter = splitterFor(format, sink)
  for (let offset = 0; offset < whole.length; offset += size) {
    splitter.push(Buffer.from(whole.subarray(offset, offset + size)))
  }
  splitter.end()
  return heard
}

describe('splitting YAML', () => {
  it.each<[string, string[], string[]]>([
    ['a: 1\n---\nb: 2\n', ['1:1 false a: 1\n', '3:1 false b: 2\n'], []],
    ['---\na: 1\n--- # next\n---\nb: 2', ['2:1 false a: 1\n', '5:1 false b: 2'], []],
    ['a: |\n  x\n  ---\n  y\n', ['1:1 false a: |\n  x\n  ---\n  y\n'], []],
    ['a: 1\r\n---\r\nb: 2\r\n', ['1:1 false a: 1\r\n', '3:1 false b: 2\r\n'], []],
    ['--- {a: 1}\n--- b\n', ['1:1 false --- {a: 1}\n', '2:1 false --- b\n'], []],
    ['---a: 1\n', ['1:1 false ---a: 1\n'], []],
    [
      'items:\n# c\n- a: 1\n\n  b: |\n    - x\n- c\nkind: L\n',
      ['1:1 true items:\n# c\nkind: L\n'],
      ['3:1 - a: 1\n\n  b: |\n    - x\n', '7:1 - c\n'],
    ],
    [
      'items:\n  - a\n  -\n    b: 1\n---\nx: 1',
      ['1:1 true items:\n', '6:1 false x: 1'],
      ['2:1   - a\n', '3:1   -\n    b: 1\n'],
    ],
    ['items: []\nkind: L\n', ['1:1 false items: []\nkind: L\n'], []],
    ['x:\n  items:\n  - a\n', ['1:1 false x:\n  items:\n  - a\n'], []],
    ['', [], []],
  ])('%j', (text, documents, items) => {
    expect(split(text, 'yaml', 1000)).toEqual({ documents, items })
  })

  it('does not depend on how the bytes arrive', () => {
    const line = fc.constantFrom(
      '---',
      '--- # c',
      'items:',
      '- a: 1',
      '  b: é',
      'kind: List',
      '',
      '# c',
      '- ',
      '  - x',
      '...',
      'x: |',
      '    - z',
      '-x',
    )
    fc.assert(
      fc.property(
        fc.array(line),
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 9 }),
        (lines, end, size) => {
          const text = lines.join(end)
          expect(split(text, 'yaml', size)).toEqual(split(text, 'yaml', 1_000_000))
        },
      ),
    )
  })
})

describe('splitting JSON', () => {
  it.each<[string, string[], string[]]>([
    ['{"a":1}\n {"b":2}', ['1:1 false {"a":1}', '2:2 false {"b":2}'], []],
    [
      '{"items":[{"a":"]}"},\n{"b":[{}]}],"kind":"L"}',
      ['1:1 true {"items":[],"kind":"L"}'],
      ['1:11 {"a":"]}"}', '2:1 {"b":[{}]}'],
    ],
    ['{"x":{"items":[{"a":1}]}}', ['1:1 false {"x":{"items":[{"a":1}]}}'], []],
    ['{"a":"items","b":[{}]}', ['1:1 false {"a":"items","b":[{}]}'], []],
    ['{"a":1} x y\n{"b":2}', ['1:1 false {"a":1}', '1:9 not JSON', '2:1 false {"b":2}'], []],
    ['{"a":1}\n---\nb: 2\n', ['1:1 false {"a":1}', '3:1 false b: 2\n'], []],
    ['{"a":"\\"}', ['1:1 false {"a":"\\"}'], []],
    ['{"items":[{"a":1},{"b"', ['1:1 true {"items":['], ['1:11 {"a":1}']],
    ['\uFEFF{"a":1}', ['1:4 false {"a":1}'], []],
  ])('%j', (text, documents, items) => {
    expect(split(text, 'json', 1000)).toEqual({ documents, items })
  })

  it('does not depend on how the bytes arrive, and finds the members that JSON.parse finds', () => {
    const list = fc.record({
      apiVersion: fc.string(),
      items: fc.array(fc.dictionary(fc.string(), fc.jsonValue()), { minLength: 1 }),
      'it"ems': fc.jsonValue(),
    })
    fc.assert(
      fc.property(list, fc.constantFrom(0, 1), fc.integer({ min: 1, max: 9 }), (value, indent, size) => {
        const text = JSON.stringify(value, null, indent)
        const heard = split(text, 'json', size)
        expect(heard).toEqual(split(text, 'json', 1_000_000))
        const items = heard.items.map((item) => JSON.parse(item.slice(item.indexOf(' ') + 1)) as unknown)
        expect(items).toEqual((JSON.parse(text) as { items: unknown[] }).items)
      }),
    )
  })

  it('never throws, whatever the bytes', () => {
    const piece = fc.constantFrom('{', '}', '[', ']', '"', '\\', '"items"', ':', ',', '1', '\n', '---', ' ')
    fc.assert(
      fc.property(
        fc.array(piece).map((parts) => parts.join('')),
        fc.integer({ min: 1, max: 9 }),
        (text, size) => {
          expect(split(text, 'json', size)).toEqual(split(text, 'json', 1_000_000))
        },
      ),
      { numRuns: 500 },
    )
  })
})

describe('textKind', () => {
  it.each<[Buffer, string]>([
    [Buffer.from(' \n{"a": 1}'), 'json'],
    [Buffer.from('\uFEFF{"a": 1}'), 'json'],
    [Buffer.from('{{- if .Values.x }}'), 'yaml'],
    [Buffer.from('a: 1'), 'yaml'],
    [Buffer.alloc(0), 'yaml'],
    [Buffer.from('\uFEFFa: 1', 'utf16le'), 'utf-16'],
    [Buffer.from('apiVersion: v1', 'utf16le'), 'utf-16'],
    [Buffer.from('apiVersion: v1', 'utf16le').swap16(), 'utf-16'],
    [Buffer.from([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1, 0, 0, 0]), 'binary'],
    [Buffer.from('a: \0'), 'binary'],
  ])('%j is %s', (bytes, kind) => {
    expect(textKind(bytes)).toBe(kind)
  })
})
