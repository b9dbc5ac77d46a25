import { expect, test } from 'vitest'
import { known, type KubeObject } from '../model/index.js'
import { estateFrom } from '../sources/index.js'
import { evidenceReader } from './evidence.js'

const DOCUMENT = ['kind: A', 'list:', '- name: x', '  value: "1"', 'text: "a b"'].join('\n')
const MAP = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'm', namespace: 'n' } }
const block = (indent: string): string =>
  `# first\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: m, namespace: n}\ndata:\n${indent}doc: |\n${DOCUMENT.replace(/^/gm, `${indent}${indent}`)}\n`

test.each<[string, string, inside: (string | number)[] | undefined, line: number, column: number]>([
  ['a block', block('  '), ['list', 0, 'value'], 11, 14],
  ['a block of wide indentation', block('    '), ['text'], 12, 15],
  ['an item', block('  '), ['list', 0], 10, 7],
  ['no path inside', block('  '), undefined, 7, 8],
  ['a path that ends early', block('  '), ['list', 7, 'value'], 9, 5],
  ['one line of JSON', JSON.stringify({ ...MAP, data: { doc: DOCUMENT } }), ['text'], 1, 143],
  [
    'JSON of several lines',
    JSON.stringify({ ...MAP, data: { doc: DOCUMENT } }, null, 2),
    ['list', 0, 'name'],
    9,
    37,
  ],
  ['JSON in JSON', JSON.stringify({ ...MAP, data: { doc: '{"a": {"b": 1}}' } }, null, 2), ['a', 'b'], 9, 29],
  ['a text that is none', block('  ').replace(/\|[^]*/, '7'), ['list'], 7, 8],
])('the place inside of a document in a field: %s', async (_name, manifests, inside, line, column) => {
  const estate = await estateFrom({ manifests })
  const object = estate.objects[0] as KubeObject
  const path = ['data', 'doc']
  const { origin } = known(1, { kind: 'object', object, path, ...(inside === undefined ? {} : { inside }) })
  expect(evidenceReader(estate)({ origin, message: 'm' })).toMatchObject({ line, column, path: 'data.doc' })
})
