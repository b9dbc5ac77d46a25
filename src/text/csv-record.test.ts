import fc from 'fast-check'
import { expect, it } from 'vitest'
import { readCsvRecord } from './csv-record.js'

it.each<[string, string[] | undefined]>([
  ['a,b', ['a', 'b']],
  ['a,', ['a', '']],
  [',', ['', '']],
  ['"a,b","c""d"', ['a,b', 'c"d']],
  ['a\nb', ['a']],
  ['\n\na', ['a']],
  ['"a\nb",c', ['a\nb', 'c']],
  ['"a\r\nb"\r\nc', ['a\nb']],
  ['a\r', ['a']],
  [' a , b', [' a ', ' b']],
  ['', undefined],
  ['\n', undefined],
  ['a"b', undefined],
  ['"a', undefined],
  ['"a"b', undefined],
])('reads %j as Go does', (text, expected) => {
  expect(readCsvRecord(text)).toEqual(expected)
})

it('reads back what is quoted', () => {
  fc.assert(
    fc.property(fc.array(fc.string(), { minLength: 1 }), (texts) => {
      const fields = texts.map((text) => text.replaceAll('\r', ''))
      const text = fields.map((field) => `"${field.replaceAll('"', '""')}"`).join(',')
      expect(readCsvRecord(text)).toEqual(fields)
    }),
  )
})

it('never throws', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      const record = readCsvRecord(text)
      expect(record === undefined || record.length > 0).toBe(true)
    }),
  )
})
