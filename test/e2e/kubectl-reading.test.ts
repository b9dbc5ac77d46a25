import { spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import type { JsonValue } from '../../src/model/index.js'
import { readManifestText } from '../../src/sources/manifests/index.js'

/** The real kubectl, which reads a file and prints the objects as JSON without asking a server. */
// The one that global-setup.ts provides: answers of another that happens to be installed depend on its version.
const KUBECTL = process.env.KUBECTL ?? ''
const present = KUBECTL !== ''
if (!present) console.warn('kubectl is not here: what we read is not compared with what it reads')

const MARK = 'rampart.test/read'

/** Objects as kubectl reads them, or undefined when it refuses the text. */
function kubectlReads(text: string): JsonValue[] | undefined {
  const args = ['annotate', '--local', '--overwrite', '-f', '-', `${MARK}=yes`, '-o', 'json']
  const run = spawnSync(KUBECTL, args, { input: text, encoding: 'utf8' })
  if (run.status !== 0) return undefined
  const values = run.stdout.split(/^(?=\{$)/m).map((part) => JSON.parse(part) as Record<string, JsonValue>)
  return values
    .flatMap((value) => (value.kind === 'List' ? (value.items as JsonValue[]) : [value]))
    .map(withoutMark)
}

function withoutMark(value: JsonValue): JsonValue {
  const object = structuredClone(value) as { metadata: { annotations?: Record<string, string> } }
  delete object.metadata.annotations?.[MARK]
  if (Object.keys(object.metadata.annotations ?? {}).length === 0) delete object.metadata.annotations
  return object
}

const head = (rest: string, name = 'a'): string =>
  `apiVersion: acme.example/v1\nkind: Thing\nmetadata:\n  name: ${name}\n${rest}`

describe.skipIf(!present)('manifests are read as kubectl reads them', () => {
  it.each<[string, string]>([
    ['switches', head('spec: {a: yes, b: No, c: on, d: OFF, e: true, f: "yes", g: y, h: n}\n')],
    [
      'numbers',
      head('spec: {a: 0644, b: 0o14, c: 0x1F, d: 1_000, e: .5, f: 1e3, g: -0, h: +7, i: 010, j: 1.0}\n'),
    ],
    ['nulls', head('spec: {a: ~, b: null, c: Null, d: , e: ""}\n')],
    [
      'dates and versions',
      head('spec: {a: 2020-01-01, b: 2020-01-01T10:00:00Z, c: 1.10, d: 1.2.3, e: 12e}\n'),
    ],
    ['keys that are switches and numbers', head('spec: {on: 1, 5: 2, true: 3, 1.5: 4}\n')],
    ['tags', head('spec: {a: !!str 12, b: !!int "12", c: !!binary aGk=, d: !!float 1}\n')],
    [
      'texts',
      head(
        "spec:\n  a: |\n    x\n    y\n  b: >-\n    x\n    y\n  c: \"x\\ty\\u00e9\"\n  d: 'it''s'\n  e: x #y\n",
      ),
    ],
    ['anchors', head('x: &x {a: 1}\nspec: {b: *x}\n')],
    ['merges', head('x: &x {a: 1, b: 2}\nspec:\n  <<: *x\n  b: 3\n')],
    ['a key that stands twice', head('spec: {a: 1}\nspec: {a: 2}\n')],
    ['documents', `${head('')}---\n${head('', 'b')}---\n# nothing\n---\n${head('', 'c')}`],
    ['documents with words behind the marker', `--- # first\n${head('')}--- \n${head('', 'b')}`],
    ['a marker inside a text', head('spec:\n  a: |\n    x\n    ---\n    y\n')],
    ['carriage returns', head('spec:\n  a: 1\n  b: |\n    x\n    y\n').replaceAll('\n', '\r\n')],
    ['a byte order mark', `\uFEFF${head('')}`],
    [
      'JSON',
      '{"apiVersion":"acme.example/v1","kind":"Thing","metadata":{"name":"a"},"spec":{"a":1.0,"b":1e2,"c":null}}',
    ],
    [
      'JSON one after another',
      '{"apiVersion":"acme.example/v1","kind":"Thing","metadata":{"name":"a"}}\n{"apiVersion":"acme.example/v1","kind":"Thing","metadata":{"name":"b"}}',
    ],
    [
      'a List',
      `apiVersion: v1\nkind: List\nitems:\n- ${head('').trim().replaceAll('\n', '\n  ')}\n- ${head('', 'b').trim().replaceAll('\n', '\n  ')}\n`,
    ],
    ['flow style over lines', head('spec: {a: [1,\n  2], b: {c: d\n  }}\n')],
    ['text of several lines without quotes', head('spec:\n  a: one\n    two\n\n    three\n')],
    ['a tab behind a value', head('spec: {a: 1}\t\n')],
    ['names of all scripts', head('spec: {ключ: значение, 鍵: 値}\n')],
    [
      'large numbers',
      head('spec: {a: 9007199254740993, b: 12345678901234567890123, c: 1e400}\n').replace(', c: 1e400', ''),
    ],
  ])('%s', (_name, text) => {
    const theirs = kubectlReads(text)
    const ours = readManifestText(text, 'x.yaml')
    expect(theirs).toBeDefined()
    expect(ours.problems.filter((problem) => problem.level === 'error')).toEqual([])
    expect(ours.objects.map((object) => object.content)).toEqual(theirs)
  })

  it.each<[string, string]>([
    ['a bracket that is not closed', head('spec: [1\n')],
    ['a tab as indentation', head('spec:\n\ta: 1\n')],
    ['an alias without anchor', head('spec: *x\n')],
    ['JSON that ends early', '{"apiVersion":"acme.example/v1","kind":"Thing"'],
    ['a list as the document', '- 1\n- 2\n'],
    ['a kind that is a number', 'apiVersion: v1\nkind: 5\nmetadata: {name: a}\n'],
  ])('%s is refused by both', (_name, text) => {
    expect(kubectlReads(text)).toBeUndefined()
    expect(readManifestText(text, 'x.yaml').objects).toEqual([])
  })
})
