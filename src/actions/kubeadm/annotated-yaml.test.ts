import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import type { JsonValue } from '../../model/index.js'
import { annotatedYaml, field, Fields, fields, item, Items, items } from './annotated-yaml.js'

/** The value that a document stands for, by its own definition. */
function valueOf(value: JsonValue | Fields | Items): unknown {
  if (value instanceof Fields)
    return Object.fromEntries(value.fields.map((each) => [each.name, valueOf(each.value)]))
  if (value instanceof Items) return value.items.map((each) => valueOf(each.value))
  return value
}

const reason = fc.option(
  fc.string({ minLength: 1, maxLength: 200 }).map((text) => text.replace(/[^\x20-\x7e]/g, ' ')),
  {
    nil: undefined,
  },
)
const name = fc.stringMatching(/^[a-z][a-zA-Z0-9.-]{0,12}$/)
const plain: fc.Arbitrary<JsonValue> = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.string(), { maxLength: 3 }),
  fc.dictionary(name, fc.string(), { maxKeys: 3 }),
)
const document = fc.letrec<{ fields: Fields; items: Items; value: JsonValue | Fields | Items }>((tie) => ({
  fields: fc
    .uniqueArray(fc.tuple(name, tie('value'), reason), {
      selector: ([key]) => key,
      minLength: 1,
      maxLength: 4,
    })
    .map((all) => new Fields(all.map(([key, value, because]) => field(key, value, because)))),
  items: fc
    .array(fc.tuple(fc.oneof(plain, tie('fields')), reason), { minLength: 1, maxLength: 3 })
    .map((all) => new Items(all.map(([value, because]) => item(value, because)))),
  value: fc.oneof({ depthSize: 'small' }, plain, tie('fields'), tie('items')),
})).fields

describe('annotatedYaml', () => {
  it('reads back as the value that it was made of, whatever the reasons say', () => {
    fc.assert(
      fc.property(document, (made) => {
        expect(parse(annotatedYaml(made, 'Title: with # and - in it'))).toEqual(valueOf(made))
      }),
    )
  })

  it('puts the reason before what it is the reason for, and breaks it', () => {
    const long = Array.from({ length: 30 }, (_, index) => `word${index}`).join(' ')
    const text = annotatedYaml(
      fields(
        field('a', fields(field('b', 1, 'One.'))),
        field('list', items(item(fields(field('c', 'x')), long))),
      ),
      'Title.',
    )
    const lines = text.split('\n')
    expect(lines.slice(0, 5)).toEqual(['# Title.', 'a:', '  # One.', '  b: 1', 'list:'])
    expect(lines.filter((line) => line.startsWith('  # word')).length).toBeGreaterThan(1)
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(110)
  })
})
