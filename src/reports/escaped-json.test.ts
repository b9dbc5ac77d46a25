import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hostileText } from '../../test/kit/hostile-result.js'
import { escapedJson, longList, scriptSafeJson } from './escaped-json.js'

it('writes controls and invisible characters as escapes', () => {
  expect([...escapedJson(['\x1b\x9b\u202e\u{e0041}'])].join('')).toBe(
    '[\n  "\\u001b\\u009b\\u202e\\udb40\\udc41"\n]\n',
  )
})

it('leaves nothing that could end a script element', () => {
  expect(scriptSafeJson({ a: '</script>&' })).toBe('{"a":"\\u003c/script\\u003e\\u0026"}')
})

it('gives every text back when it is parsed', () => {
  fc.assert(
    fc.property(hostileText(), (text) => {
      expect(JSON.parse([...escapedJson(text)].join(''))).toBe(text)
      expect(JSON.parse(scriptSafeJson(text))).toBe(text)
      expect(scriptSafeJson(text)).not.toMatch(/[<>&]/)
    }),
  )
})

it('writes exactly what JSON.stringify writes', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const plain = [...escapedJson(value)].join('')
      expect(JSON.parse(plain)).toEqual(JSON.parse(JSON.stringify(value)))
      const items = [{ value }, [value]]
      for (const list of [[], items])
        expect([...escapedJson({ a: [longList(list, (item) => item)] })].join('')).toBe(
          [...escapedJson({ a: [list] })].join(''),
        )
      if (!/[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}]/u.test(JSON.stringify(value)))
        expect(plain).toBe(`${JSON.stringify(value, null, 2)}\n`)
    }),
  )
})
