import fc from 'fast-check'
import { describe, expect, it, test } from 'vitest'
import { readDocument, type DocumentFields } from './document-fields.js'

const KINDS = [
  { kind: 'Thing', apiVersion: 'a/v1' },
  { kind: 'Thing', apiVersion: 'a/v2' },
  { kind: 'OldThing', apiVersion: 'v1' },
]

function read<T>(text: string, decode: (fields: DocumentFields) => T) {
  return readDocument(`kind: Thing\napiVersion: a/v1\n${text}`, KINDS, decode)
}

describe('fields of a document', () => {
  test.each<[string, string, (fields: DocumentFields) => unknown, unknown]>([
    ['a text', 'a: b', (fields) => fields.text('a'), 'b'],
    ['an absent text', '', (fields) => fields.text('a'), ''],
    ['a null text', 'a:', (fields) => fields.text('a'), ''],
    ['a boolean', 'a: yes', (fields) => fields.boolean('a'), true],
    ['an absent boolean', '', (fields) => fields.boolean('a'), undefined],
    ['texts', 'a: [b, null]', (fields) => fields.texts('a'), ['b', '']],
    ['absent texts', 'a:', (fields) => fields.texts('a'), []],
    ['maps', 'a: [{b: c}, null]', (fields) => fields.maps('a').map((each) => each.text('b')), ['c', '']],
    ['a map', 'a: {b: c}', (fields) => fields.map('a')?.text('b'), 'c'],
    ['an absent map', 'a: null', (fields) => fields.map('a'), undefined],
    ['a name of the prototype', '', (fields) => fields.map('__proto__'), undefined],
    ['where a field stands', 'a:\n  b: c', (fields) => fields.map('a')?.placeOf('b'), { line: 4, column: 3 }],
    [
      'what a field is absent from',
      'a:\n  b: c',
      (fields) => fields.map('a')?.placeOf('x'),
      { line: 4, column: 3 },
    ],
  ])('%s', (_name, text, decode, value) => {
    expect(read(text, decode)).toEqual({ value })
  })

  test.each<[string, string, (fields: DocumentFields) => unknown, string, number]>([
    ['a number for a text', 'a: 1', (fields) => fields.text('a'), '`a` must be a text', 3],
    ['a list for a text', 'a: []', (fields) => fields.text('a'), '`a` must be a single value', 3],
    ['a text for a boolean', 'a: "true"', (fields) => fields.boolean('a'), '`a` must be true or false', 3],
    ['a text for a list', 'a: b', (fields) => fields.texts('a'), '`a` must be a list', 3],
    ['a map among texts', 'a: [{}]', (fields) => fields.texts('a'), '`a[0]` must be a text', 3],
    ['a text among maps', 'a: [b]', (fields) => fields.maps('a'), '`a[0]` must be a map', 3],
    ['a list for a map', 'a: [b]', (fields) => fields.map('a'), '`a` must be a map', 3],
    [
      'a wrong field further in',
      'a:\n- {}\n- b: 1',
      (fields) => fields.maps('a').map((each) => each.text('b')),
      '`a[1].b` must be a text',
      5,
    ],
  ])('%s is refused', (_name, text, decode, message, line) => {
    expect(read(text, decode).fault).toMatchObject({ message, line })
  })

  test.each([
    ['another kind', 'kind: Other\napiVersion: a/v1', '`kind` must be `Thing`'],
    ['no kind', 'apiVersion: a/v1', '`kind` must be `Thing`'],
    ['another version', 'kind: Thing\napiVersion: v1', '`apiVersion` must be one of a/v1, a/v2'],
    ['a list', '- a', 'the file must hold an object'],
    ['nothing', '', 'the file must hold an object'],
    ['broken JSON', '{"kind": ', 'the file is not valid JSON'],
  ])('%s is refused', (_name, text, message) => {
    expect(readDocument(text, KINDS, () => 1).fault?.message).toBe(message)
  })

  it('passes errors of the reader on, and takes formats without a kind', () => {
    expect(() =>
      read('', () => {
        throw new Error('mine')
      }),
    ).toThrow('mine')
    expect(readDocument('a: b', undefined, (fields) => fields.text('a'))).toEqual({ value: 'b' })
  })

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const asked = (fields: DocumentFields) => [
          fields.text('a'),
          fields.texts('b'),
          fields.maps('c'),
          fields.map('d'),
          fields.boolean('e'),
        ]
        readDocument(text, KINDS, asked)
        readDocument(text, undefined, asked)
      }),
    )
  })
})
