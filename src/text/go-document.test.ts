import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { docEntryAt, docValue, readGoDocument } from './go-document.js'

const valueOf = (text: string) => {
  const { root, error } = readGoDocument(text)
  return root === undefined ? error?.message : docValue(root)
}

describe('readGoDocument', () => {
  it.each<[string, string, unknown]>([
    ['words of YAML 1.1', 'a: yes\nb: Off\nc: ~\nd: y', { a: true, b: false, c: null, d: true }],
    ['quoted words', 'a: "yes"\nb: \'5\'', { a: 'yes', b: '5' }],
    [
      'numbers',
      'a: 0100\nb: 0x10\nc: 1_000\nd: 5.0\ne: 1e3\nf: -3',
      { a: 64, b: 16, c: 1000, d: 5, e: 1000, f: -3 },
    ],
    [
      'words that look like numbers',
      'a: 1:30\nb: 2020-01-01\nc: 10.0.0.1\nd: 5m',
      { a: '1:30', b: '2020-01-01', c: '10.0.0.1', d: '5m' },
    ],
    ['tags', 'a: !!str 7\nb: !foo 7\nc: !!int "7"', { a: '7', b: '7', c: 7 }],
    ['aliases and merges', 'x: &a {p: 1}\nz: *a\n<<: *a', { x: { p: 1 }, z: { p: 1 }, p: 1 }],
    ['the first document only', '---\na: 1\n---\na: 2', { a: 1 }],
    ['the last of two equal keys', 'a: 1\na: 2', { a: 2 }],
    ['JSON', ' {"a": [1, "yes", null, false]}', { a: [1, 'yes', null, false] }],
    ['a byte order mark and CRLF', '\uFEFFa: 1\r\nb: x\r\n', { a: 1, b: 'x' }],
    ['keys that are no texts', '5: a\ntrue: b', { '5': 'a', true: 'b' }],
    ['nothing', '', null],
  ])('reads %s', (_, text, expected) => {
    expect(valueOf(text)).toEqual(expected)
  })

  it.each<[string, string]>([
    ['YAML in braces', '{a: 1}'],
    ['an unknown anchor', 'a: *nope'],
    ['a tab as indentation', 'a:\n\tb: 1'],
    ['deep brackets', '['.repeat(50_000)],
    ['deep lists', '- '.repeat(50_000)],
    ['a huge text', `a: ${'x'.repeat(2 ** 21)}`],
    [
      'an alias bomb',
      'a: &a [x,x,x,x,x,x,x,x,x,x]\n' +
        'bcdefgh'
          .split('')
          .map((k, i) => `${k}: &${k} [${`*${'abcdefgh'[i]},`.repeat(10)}]`)
          .join('\n'),
    ],
  ])('refuses %s', (_, text) => {
    const document = readGoDocument(text)
    expect(document.root).toBeUndefined()
    expect(document.error?.message).toBeTruthy()
  })

  it.each<[string, string]>([
    ['escaped quotes without end', 'a: "' + '\\"'.repeat(400_000) + 'x'],
    ['quotes on every line', '"\n'.repeat(300_000)],
    ['very many aliases', `a: &a 1\nb: [${'*a,'.repeat(200_000)}]`],
    ['very many keys', Array.from({ length: 60_000 }, (_, i) => `k${i}: 1`).join('\n')],
    ['an anchor inside of itself', 'a: &a [*a]'],
  ])('comes back from %s', (_, text) => {
    expect(readGoDocument(text).error?.message).toBeTruthy()
  })

  it.each<[string, string, number, number]>([
    ['JSON that ends too early', '{\n "a": [1,', 2, 10],
    ['JSON without a comma', '{\n  "a": 1\n  "b": 2}', 3, 3],
    ['something behind JSON', '{"a": 1}x', 1, 9],
    ['a list as a key', 'a: 1\n? [b]\n: 2\n', 2, 3],
    ['an unknown anchor', 'a: 1\nb: *c\n', 2, 4],
    ['another version of YAML', '# x\n%YAML 1.2\n---\na: 1\n', 2, 1],
  ])('says where %s goes wrong', (_, text, line, column) => {
    expect(readGoDocument(text).error).toMatchObject({ line, column })
  })

  it('takes the version of YAML that Go reads', () => {
    expect(valueOf('%YAML 1.1\n---\na: 1\n')).toEqual({ a: 1 })
  })

  it('knows where keys stand', () => {
    const { root, duplicates } = readGoDocument('a:\n  b: 1\n  Cd: 2\na: {b: 3}\n')
    expect(duplicates).toEqual([{ key: 'a', line: 4, column: 1 }])
    expect(root && docEntryAt(root, ['a', 'b'])).toMatchObject({ line: 4, column: 5 })
    expect(root && docEntryAt(root, ['A'])).toBeUndefined()
    expect(root && docEntryAt(root, ['A'], { foldCase: true })).toMatchObject({ line: 4 })
  })

  it('marks JSON numbers with a point', () => {
    const { root } = readGoDocument('{"a": 5.0, "b": 5}')
    expect(root && docEntryAt(root, ['a'])?.value).toMatchObject({ value: 5, fraction: true })
    expect(root && docEntryAt(root, ['b'])?.value).not.toHaveProperty('fraction')
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const document = readGoDocument(text)
        expect((document.root === undefined) !== (document.error === undefined)).toBe(true)
      }),
    )
  })

  it('reads JSON as JSON does', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const { root } = readGoDocument(JSON.stringify(value))
        expect(root === undefined ? undefined : docValue(root)).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})
