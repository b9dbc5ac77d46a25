import fc from 'fast-check'
import { load } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { MAX_DEPTH, readYaml } from './index.js'

describe('readYaml', () => {
  // Source: output of sigs.k8s.io/yaml v1.6.0 YAMLToJSON for `v: TEXT`.
  it.each<[string, unknown]>([
    ['yes', true],
    ['y', true],
    ['NO', false],
    ['oFF', 'oFF'],
    ['tRue', 'tRue'],
    ['0644', 420],
    ['0o644', 420],
    ['0o8', '0o8'],
    ['08', 8],
    ["'08'", '08'],
    ['1_000', 1000],
    ['_1', '_1'],
    ['0x1F', 31],
    ['0x', '0x'],
    ['0b11', 3],
    ['1e3', 1000],
    ['1e', '1e'],
    ['+.5', 0.5],
    ['1.', 1],
    ['.', '.'],
    ['190:20:30', '190:20:30'],
    ['2001-01-01', '2001-01-01'],
    ['~', null],
    ['', null],
    ['!foo bar', 'bar'],
    ['!foo 12', '12'],
    ['!foo {a: 1}', { a: 1 }],
    ['!foo [1]', [1]],
    ['!!str 12', '12'],
    ['!!int "3"', 3],
    ['!!binary aGVsbG8=', 'hello'],
    ['"yes"', 'yes'],
    ['[on, off]', [true, false]],
    ['|\r\n  a\r\n  b\r\n', 'a\nb\n'],
  ])('reads %s as kubectl does', (text, expected) => {
    expect(readYaml(`v: ${text}`).value).toEqual({ v: expected })
  })

  it.each<[string, unknown]>([
    ['y: 1', { true: 1 }],
    ['1: a', { '1': 'a' }],
    ['a: 1\n...\nb: 2', { a: 1 }],
    ['\uFEFFa: 1', { a: 1 }],
    ['--- {a: 1}', { a: 1 }],
    ['x: &x {p: 1}\nt:\n  <<: *x\n  q: 2', { x: { p: 1 }, t: { p: 1, q: 2 } }],
    ['# nothing', null],
  ])('reads the document %j', (text, expected) => {
    expect(readYaml(text)).toEqual({ value: expected, problems: [] })
  })

  it('warns of each key that stands twice, and the last one counts', () => {
    const read = readYaml('v: a\nw: {x: 1, x: 2}\nv: b\n')
    expect(read.value).toEqual({ v: 'b', w: { x: 2 } })
    expect(read.problems.map(({ code, level, line, message }) => [code, level, line, message])).toEqual([
      ['duplicate-key', 'warning', 2, 'the key `x` stands twice in one mapping: the last one counts'],
      ['duplicate-key', 'warning', 3, 'the key `v` stands twice in one mapping: the last one counts'],
    ])
  })

  it('warns of tags that are not of YAML', () => {
    const read = readYaml('a: 1\nb: !vault |\n  abc\n')
    expect(read.value).toEqual({ a: 1, b: 'abc\n' })
    expect(read.problems).toMatchObject([{ code: 'custom-tag', level: 'warning', line: 2, column: 4 }])
  })

  const bomb = `a: &a [x,x,x,x,x,x,x,x,x,x]\n${'bcdefghij'
    .split('')
    .map((key, index) => `${key}: &${key} [${`*${'abcdefghi'[index]},`.repeat(10)}]`)
    .join('\n')}\n`
  it.each<[string, string, string, number]>([
    ['a text that is cut', 'a: [1,\n b', 'syntax', 2],
    ['an open quote', 'a: "x\n', 'syntax', 1],
    ['a tab as indentation', 'a:\n\tb: 1', 'syntax', 2],
    ['an unknown anchor', 'a: *x', 'syntax', 1],
    ['a mapping as key', 'a: 1\nb: {{ .Values.x }}', 'syntax', 2],
    ['zero bytes', 'a: \0', 'not-text', 1],
    ['deep nesting', '['.repeat(100_000), 'too-deep', 1],
    ['deep nesting in block style', '- '.repeat(5000), 'too-deep', 1],
    ['an alias bomb', bomb, 'alias-bomb', 1],
    ['an anchor that contains itself', 'a: &a [*a]', 'alias-bomb', 1],
  ])('has one clear problem for %s', (_name, text, code, line) => {
    const read = readYaml(text)
    expect(read.value).toBeUndefined()
    expect(read.problems).toMatchObject([{ code, level: 'error', line }])
  })

  it('accepts nesting up to the limit', () => {
    const depth = MAX_DEPTH - 5
    expect(readYaml(`${'['.repeat(depth)}${']'.repeat(depth)}`).value).toBeDefined()
  })

  it('never quotes what stands in the text, but keys, anchors and tags', () => {
    const { problems } = readYaml('password: "hunter2\n  x: [')
    expect(JSON.stringify(problems)).not.toContain('hunter2')
  })

  it('keeps `__proto__` as data', () => {
    const { value } = readYaml('__proto__: {polluted: true}\nx: &a {__proto__: {y: 1}}\nz: {<<: *a}')
    expect(Object.hasOwn(value as object, '__proto__')).toBe(true)
    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype)
  })

  it('gives the value of any JSON back', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), (value) => {
        const text = JSON.stringify(value)
        expect(readYaml(text).value).toEqual(JSON.parse(JSON.stringify(load(text) ?? null)))
      }),
    )
  })

  it('never throws', () => {
    const piece = fc.constantFrom(
      'a: ',
      '- ',
      '\n',
      '  ',
      '*a',
      '&a ',
      '{',
      '}',
      '[',
      ']',
      '"',
      "'",
      '|',
      '!x ',
      '<<: ',
      '? ',
      ': ',
      '---',
      '\t',
      '#',
      '%',
      '\0',
      'é',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece, { maxLength: 40 }).map((parts) => parts.join('')),
        ),
        (text) => {
          const read = readYaml(text)
          expect(read.value !== undefined || read.problems.length > 0).toBe(true)
        },
      ),
      { numRuns: 500 },
    )
  })
})
