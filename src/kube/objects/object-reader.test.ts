import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { JsonValue } from '../../model/index.js'
import { readYaml } from '../../text/index.js'
import { ObjectReader, type ObjectsRead } from './index.js'

function read(input: string | Buffer, size = 1024 * 1024): ObjectsRead {
  const bytes = typeof input === 'string' ? Buffer.from(input) : input
  const reader = new ObjectReader({ file: 'f', source: 'manifest' })
  for (let offset = 0; offset < bytes.length; offset += size) {
    if (!reader.push(bytes.subarray(offset, offset + size)).wantsMore) break
  }
  return reader.end()
}

const names = ({ objects }: ObjectsRead): string[] =>
  objects.map(({ ref, slice }) => `${ref.kind} ${ref.namespace}/${ref.name} @${slice.line}`)
const troubles = ({ problems }: ObjectsRead): string[] =>
  problems.map(({ code, level, place }) => `${level} ${code} ${place.line}`)

const pod = (name: string): string => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n`
const item = (name: string): string => `- apiVersion: v1\n  kind: Pod\n  metadata: {name: ${name}}\n`

describe('objects of a file', () => {
  it('reads many documents and the lines where they begin', () => {
    const file = read(`# a file\n---\n${pod('a')}---\n---\n# nothing\n---\n${pod('b')}`)
    expect(names(file)).toEqual(['Pod /a @3', 'Pod /b @11'])
    expect(file.problems).toEqual([])
  })

  it('flattens lists, typed lists and lists in lists', () => {
    const file = read(
      `apiVersion: v1\nitems:\n${item('a')}- apiVersion: v1\n  kind: List\n  items:\n  - {apiVersion: v1, kind: Pod, metadata: {name: b}}\nkind: List\n` +
        `---\napiVersion: apps/v1\nkind: DeploymentList\nitems:\n- metadata: {name: c, namespace: x}\n`,
    )
    expect(names(file)).toEqual(['Pod /a @3', 'Pod /b @6', 'Deployment x/c @15'])
    expect(file.objects[1]?.slice.path).toEqual([0, 'items', 0])
    expect(file.objects[2]).toMatchObject({
      ref: { group: 'apps', version: 'v1' },
      content: { kind: 'Deployment' },
    })
    expect(file.problems).toEqual([])
  })

  it('reads a typed list in JSON, whose kind stands behind its items', () => {
    const file = read(
      '{"items":[{"metadata":{"name":"a"}},\n{"metadata":{"name":"b"}}],"apiVersion":"v1","kind":"PodList"}',
    )
    expect(names(file)).toEqual(['Pod /a @1', 'Pod /b @2'])
    expect(file.lists).toMatchObject([{ kind: 'PodList', items: 2, partial: false }])
  })

  it('reads a list whose members share anchors', () => {
    const file = read(
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: a, labels: &l {x: z}}\n- apiVersion: v1\n  kind: Pod\n  metadata: {name: b, labels: *l}\n',
    )
    expect(file.objects.map(({ content }) => content.metadata)).toEqual([
      { name: 'a', labels: { x: 'z' } },
      { name: 'b', labels: { x: 'z' } },
    ])
    expect(file.problems).toEqual([])
  })

  it('reads an object that has `items` and is no list', () => {
    const file = read('apiVersion: example.com/v1\nkind: Menu\nmetadata: {name: m}\nitems:\n- name: soup\n')
    expect(names(file)).toEqual(['Menu /m @1'])
    expect(file.objects[0]?.content.items).toEqual([{ name: 'soup' }])
  })

  it.each([
    ['values of a chart', 'image:\n  tag: x\n'],
    ['a pipeline', 'kind: pipeline\ntype: docker\nsteps: []\n'],
    ['a chart', 'apiVersion: v2\nname: web\nversion: 1.0.0\n'],
    ['a list of other things', 'items:\n- a: 1\n'],
    ['a list', '- a\n- b\n'],
    ['a text', 'hello\n'],
    ['JSON of others', '{"name": "web", "version": "1.0.0"}'],
  ])('passes over %s without a word', (_name, text) => {
    expect(read(text)).toMatchObject({ objects: [], problems: [], skipped: 1 })
  })

  it('reads a list of no items', () => {
    for (const items of ['[]', 'null']) {
      const file = read(`{"apiVersion":"v1","kind":"SecretList","items":${items},"metadata":{}}`)
      expect(file).toMatchObject({ objects: [], problems: [], lists: [{ kind: 'SecretList', items: 0 }] })
    }
  })
})

describe('input that cannot be taken as it is', () => {
  const bomb = `a0: &a0 [x, x]\n${Array.from({ length: 60 }, (_, i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`).join('\n')}\n`
  it.each<[string, string | Buffer, string[], string[]]>([
    [
      'a document that is cut',
      `${pod('a')}---\napiVersion: v1\nkind: "Po`,
      ['Pod /a @1'],
      ['error syntax 7'],
    ],
    [
      'a broken document between good ones',
      `${pod('a')}---\na: [1\n---\n${pod('b')}`,
      ['Pod /a @1', 'Pod /b @8'],
      ['error syntax 6'],
    ],
    [
      'a broken member of a list',
      `apiVersion: v1\nkind: List\nitems:\n${item('a')}- a: [\n${item('b')}`,
      ['Pod /a @4', 'Pod /b @8'],
      ['error syntax 7'],
    ],
    [
      'JSON that is cut in a list',
      '{"apiVersion":"v1","items":[\n{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}},\n{"apiVersion":"v1","ki',
      ['Pod /a @2'],
      ['error syntax 3'],
    ],
    [
      'JSON with a broken member',
      '{"items":[\n{"apiVersion":"v1","kind":"Pod","metadata":{"name":}},\n{"metadata":{"name":"b"}}],"apiVersion":"v1","kind":"PodList"}',
      ['Pod /b @3'],
      ['error syntax 2'],
    ],
    [
      'text behind JSON',
      '{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}\noops oops\n{"apiVersion":"v1","kind":"Pod","metadata":{"name":"b"}}',
      ['Pod /a @1', 'Pod /b @3'],
      ['error syntax 2'],
    ],
    ['a binary file', Buffer.from('\x7fELF\0\0\0\x01'), [], ['error not-text 1']],
    [
      'zero bytes late in a file',
      `${pod('a')}---\n${'# filling up the beginning of the file\n'.repeat(200)}a: "\0"\n---\n${pod('b')}`,
      ['Pod /a @1', 'Pod /b @208'],
      ['error not-text 206'],
    ],
    ['UTF-16', Buffer.from(`\uFEFF${pod('a')}`, 'utf16le'), [], ['error not-text 1']],
    [
      'bytes that are not UTF-8',
      Buffer.concat([
        Buffer.from(`${pod('a')}---\na: `),
        Buffer.from([0xff, 0xfe, 0x41]),
        Buffer.from(`\n---\n${pod('b')}`),
      ]),
      ['Pod /a @1', 'Pod /b @8'],
      ['error not-text 6'],
    ],
    ['a byte order mark', `\uFEFF${pod('a')}`, ['Pod /a @1'], []],
    ['CRLF', `${pod('a')}---\n${pod('b')}`.replaceAll('\n', '\r\n'), ['Pod /a @1', 'Pod /b @6'], []],
    ['tabs', `a:\n\tb: 1\n---\n${pod('b')}`, ['Pod /b @4'], ['error syntax 2']],
    ['deep YAML', `a: ${'['.repeat(10_000)}\n---\n${pod('b')}`, ['Pod /b @3'], ['error too-deep 1']],
    [
      'deep JSON',
      `{"a":${'['.repeat(10_000)}${']'.repeat(10_000)}}\n{"apiVersion":"v1","kind":"Pod","metadata":{"name":"b"}}`,
      ['Pod /b @2'],
      ['error too-deep 1'],
    ],
    ['an alias bomb', `${bomb}---\n${pod('b')}`, ['Pod /b @63'], ['error alias-bomb 1']],
    [
      'custom tags',
      `${pod('a')}spec: !vault {a: !x b}\n`,
      ['Pod /a @1'],
      ['warning custom-tag 5', 'warning custom-tag 5'],
    ],
    [
      'keys that stand twice',
      `${pod('a')}---\n${pod('b')}spec:\n  hostPID: true\n  hostPID: false\n`,
      ['Pod /a @1', 'Pod /b @6'],
      ['warning duplicate-key 12'],
    ],
    [
      'keys that stand twice in JSON',
      '{"apiVersion":"v1","kind":"Pod",\n"metadata":{"name":"a","name":"b"}}',
      ['Pod /b @1'],
      ['warning duplicate-key 2'],
    ],
    [
      'the source of a Helm chart',
      `{{- if .Values.x }}\n${pod('a')}---\n${pod('b')}x: {{ .y }}\n{{- end }}\n`,
      [],
      ['warning unknown-format 1'],
    ],
    ['a template in a field', pod('{{ .Release.Name }}'), [], ['warning unknown-format 4']],
    [
      'a kind of the wrong type',
      'apiVersion: v1\nkind: [Pod]\nmetadata: {}\n',
      [],
      ['error not-an-object 1'],
    ],
    ['a kind without apiVersion', 'kind: Pod\nmetadata: {name: a}\n', [], ['error not-an-object 1']],
    [
      'a name of the wrong type',
      'apiVersion: v1\nkind: Pod\nmetadata: {name: 12}\n',
      ['Pod / @1'],
      ['warning not-an-object 1'],
    ],
    [
      'metadata of the wrong type',
      'apiVersion: v1\nkind: Pod\nmetadata: x\n',
      ['Pod / @1'],
      ['warning not-an-object 1'],
    ],
    [
      'a member of the wrong type',
      '{"apiVersion":"v1","kind":"List","items":[[1],\n{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}]}',
      ['Pod /a @2'],
      ['error not-an-object 1'],
    ],
    ['a text in dashes', `---a: b\n---\n${pod('b')}`, ['Pod /b @3'], []],
    ['nothing', '', [], []],
  ])('%s', (_name, input, objects, problems) => {
    for (const size of [1024 * 1024, 7]) {
      const file = read(input, size)
      expect(names(file)).toEqual(objects)
      expect(troubles(file)).toEqual(problems)
    }
  })

  it('leaves out what is larger than anything Kubernetes stores, and goes on', () => {
    const endless = 'x'.repeat(50 * 1024 * 1024)
    for (const text of [
      `${pod('a')}---\na: ${endless}\n---\n${pod('b')}`,
      `apiVersion: v1\nkind: List\nitems:\n${item('a')}- ${endless}\n${item('b')}`,
      `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a"}}{"a":"${endless}"}{"apiVersion":"v1","kind":"Pod","metadata":{"name":"b"}}`,
      `{"apiVersion":"v1","kind":"PodList","items":[{"metadata":{"name":"a"}},{"a":"${endless}"},{"metadata":{"name":"b"}}]}`,
    ]) {
      const file = read(text)
      expect(file.objects.map(({ ref }) => ref.name)).toEqual(['a', 'b'])
      expect(file.problems.map(({ code }) => code)).toEqual(['too-large'])
    }
  })

  it('reads a list of 50 MB on one line', () => {
    const member = `{"metadata":{"name":"a","namespace":"x"},"spec":{"x":"${'y'.repeat(1000)}"}}`
    const file = read(
      `{"kind":"PodList","apiVersion":"v1","items":[${Array(50_000).fill(member).join(',')}]}`,
    )
    expect(file.objects).toHaveLength(50_000)
    expect(file.problems).toEqual([])
  })

  it('lists no more than a hundred problems of a file', () => {
    const file = read('a: [\n---\n'.repeat(5000))
    expect(file.problems).toHaveLength(101)
    expect(file.problems.at(-1)?.message).toBe('4900 further problems of this file are not listed')
  })

  it('never quotes what stands in the file', () => {
    const file = read(
      '{"apiVersion":"v1","kind":"Secret","data":{"a":"aHVudGVyMg==" oops}}\n---\na: "hunter2\n',
    )
    expect(JSON.stringify(file.problems)).not.toMatch(/hunter2|aHVudGVyMg|oops/)
  })
})

describe('whatever the file', () => {
  const value = fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<JsonValue>
  const object = fc
    .record({ metadata: fc.record({ name: fc.string(), namespace: fc.constantFrom('', 'a') }), spec: value })
    .map((parts) => ({ apiVersion: 'v1', kind: 'Thing', ...parts }))

  /** Every text in quotes: what YAML 1.1 makes of plain ones is another question. */
  const quoted = (value: unknown): string =>
    stringify(value, {
      defaultStringType: 'QUOTE_DOUBLE',
      defaultKeyType: 'QUOTE_DOUBLE',
      aliasDuplicateObjects: false,
      lineWidth: 0,
    })

  it('gives the values that a parser of the whole gives, and slices that hold them', () => {
    fc.assert(
      fc.property(
        fc.array(object, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('json list', 'json stream', 'yaml list', 'indented yaml list', 'yaml stream'),
        fc.integer({ min: 1, max: 200 }),
        (objects, form, size) => {
          const list = { apiVersion: 'v1', items: objects, kind: 'List' }
          const text = {
            'json list': JSON.stringify(list, null, 1),
            'json stream': objects.map((each) => JSON.stringify(each)).join('\n'),
            'yaml list': `apiVersion: v1\nitems:\n${quoted(objects)}kind: List\n`,
            'indented yaml list': `apiVersion: v1\nitems:\n${quoted(objects).replace(/^/gm, '  ').trimEnd()}\nkind: List\n`,
            'yaml stream': objects.map((each) => quoted(each)).join('---\n'),
          }[form]
          const file = read(text, size)
          const expected: unknown = JSON.parse(JSON.stringify(objects))
          expect(file.problems).toEqual([])
          expect(file.objects.map(({ content }) => content)).toEqual(expected)
          const bytes = Buffer.from(text)
          const again = file.objects.map(({ slice }) => {
            const part = bytes.toString('utf8', slice.offset, slice.offset + slice.length)
            return (slice.path ?? []).reduce<unknown>(
              (at, step) => (at as Record<string, unknown>)[step],
              readYaml(part).value,
            )
          })
          expect(again).toEqual(expected)
        },
      ),
    )
  })

  it('never throws and never hangs', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2000 }), fc.integer({ min: 1, max: 100 }), (bytes, size) => {
        read(Buffer.from(bytes), size)
      }),
    )
    const line = fc.constantFrom(
      ...pod('a').split('\n'),
      'items:',
      '- apiVersion: v1',
      '  kind: Pod',
      '- *a',
      '&a x: y',
      '---',
      '{',
      '}',
      '"items":[',
      ']',
      '{{ x }}',
      '\t',
      '\u0000',
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 30 }), fc.integer({ min: 1, max: 50 }), (lines, size) => {
        const text = lines.join('\n')
        expect(read(text, size)).toEqual(read(text))
      }),
      { numRuns: 300 },
    )
  })
})
