import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../model/index.js'
import { LeafPool } from './leaf-pool.js'

const parse = (text: string): JsonObject => JSON.parse(text) as JsonObject

describe('LeafPool', () => {
  it('makes equal leaves one', () => {
    const pool = new LeafPool()
    const a = pool.share(parse('{"labels": {"app": "x"}, "ports": [{"port": 80}]}'))
    const b = pool.share(parse('{"labels": {"app": "x"}, "ports": [{"port": 80}, {"port": "80"}]}'))
    expect(b.labels).toBe(a.labels)
    expect((b.ports as JsonValue[])[0]).toBe((a.ports as JsonValue[])[0])
  })

  it.each([
    ['{"v": {"a": "1"}}', '{"v": {"a": 1}}'],
    ['{"v": {"a": "null"}}', '{"v": {"a": null}}'],
    ['{"v": {"a": "x1:bstring1:y"}}', '{"v": {"a": "x", "b": "y"}}'],
    ['{"v": {}}', '{"v": []}'],
    ['{"v": {"__proto__": "a"}}', '{"v": {"__proto__": "b"}}'],
  ])('keeps %s and %s apart', (first, second) => {
    const pool = new LeafPool()
    expect(JSON.stringify(pool.share(parse(first)))).toBe(JSON.stringify(parse(first)))
    expect(JSON.stringify(pool.share(parse(second)))).toBe(JSON.stringify(parse(second)))
  })

  it('leaves the status of an object as it is', () => {
    const pool = new LeafPool()
    const [a, b] = [1, 2].map(() =>
      pool.shareParts(parse('{"spec": {"a": 1}, "status": {"a": 1}, "kind": "Pod"}')),
    )
    expect(b?.spec).toBe(a?.spec)
    expect(b?.status).not.toBe(a?.status)
    expect(b).toEqual(a)
  })

  it('never changes a value', () => {
    const pool = new LeafPool()
    fc.assert(
      fc.property(fc.json(), (text) => {
        const value = JSON.parse(text) as JsonValue
        expect(JSON.stringify(pool.share(value))).toBe(JSON.stringify(JSON.parse(text)))
      }),
      { numRuns: 500 },
    )
  })
})
