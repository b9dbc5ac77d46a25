import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { parse, parseAllDocuments } from 'yaml'
import type { Edit, JsonPath, JsonValue, ObjectRef } from '../../model/index.js'
import { applyEdits } from './apply-edits.js'

const pod: ObjectRef = { group: '', version: 'v1', kind: 'Pod', namespace: 'shop', name: 'web' }
const POD = `# the shop
apiVersion: v1
kind: Pod
metadata: {name: web, namespace: shop}
spec:
  containers:
  - name: app   # the app
    image: "shop/app:1"
    securityContext:
      privileged: true  # why?

  - name: side
    image: shop/side:1
`
const edit = (op: Edit['op'], path: JsonPath, value?: JsonValue, object?: ObjectRef): Edit => ({
  file: 'pod.yaml',
  op,
  path,
  ...(value === undefined ? {} : { value }),
  ...(object === undefined ? {} : { object }),
})
const first = ['spec', 'containers', 0]

describe('applyEdits', () => {
  it.each<[string, string, Edit, string]>([
    [
      'a scalar, its comment kept',
      POD,
      edit('set', [...first, 'securityContext', 'privileged'], false, pod),
      POD.replace('true  #', 'false  #'),
    ],
    [
      'a new key in a block',
      POD,
      edit('set', [...first, 'securityContext', 'runAsNonRoot'], true, pod),
      POD.replace('# why?\n', '# why?\n      runAsNonRoot: true\n'),
    ],
    [
      'a new path in a list item',
      POD,
      edit('set', ['spec', 'containers', 1, 'securityContext', 'capabilities', 'drop'], ['ALL'], pod),
      `${POD.trimEnd()}\n    securityContext:\n      capabilities:\n        drop: [ALL]\n`,
    ],
    [
      'a key in a flow map',
      POD,
      edit('set', ['metadata', 'labels'], { app: 'web' }, pod),
      POD.replace('shop}', 'shop, labels: {app: web}}'),
    ],
    [
      'a key taken out',
      POD,
      edit('remove', [...first, 'image'], undefined, pod),
      POD.replace('image: "shop/app:1"\n    ', ''),
    ],
    [
      'a list item taken out',
      POD,
      edit('remove', ['spec', 'containers', 0], undefined, pod),
      POD.replace(/- name: app[^]*?- name: side/, '- name: side'),
    ],
    [
      'the only key taken out',
      POD,
      edit('remove', [...first, 'securityContext', 'privileged'], undefined, pod),
      POD.replace('\n      privileged: true', ' {}'),
    ],
    [
      'the only item of a list that is not indented',
      'add:\n- A\nb: 1\n',
      edit('remove', ['add', 0]),
      'add: []\nb: 1\n',
    ],
    [
      'a list that is not indented, replaced',
      'add:\n# why\n- A\n- B\nb: 1\n',
      edit('set', ['add'], []),
      'add: []\nb: 1\n',
    ],
    ['a value behind an empty key', 'a:\nb: 1\n', edit('set', ['a', 'c'], 1), 'a: {c: 1}\nb: 1\n'],
    [
      'JSON on many lines',
      '{\n  "icc": true,\n  "log": {\n    "a": "b"\n  }\n}\n',
      edit('set', ['log', 'max'], '10m'),
      '{\n  "icc": true,\n  "log": {\n    "a": "b",\n    "max": "10m"\n  }\n}\n',
    ],
    ['JSON, first key removed', '{"a": 1, "b": [1, 2]}', edit('remove', ['a']), '{"b": [1, 2]}'],
    ['an empty JSON object', '{}', edit('set', ['icc'], false), '{"icc":false}'],
    [
      'a list grows',
      'hosts:\n  - a\n  - b\n',
      edit('append', ['hosts'], 'c'),
      'hosts:\n  - a\n  - b\n  - c\n',
    ],
    [
      'a list of maps grows',
      'spec:\n  volumes:\n  - hostPath:\n      path: /a # why\n    name: a\nstatus: {}\n',
      edit('append', ['spec', 'volumes'], { hostPath: { path: '/b', type: 'DirectoryOrCreate' }, name: 'b' }),
      'spec:\n  volumes:\n  - hostPath:\n      path: /a # why\n    name: a\n  - hostPath:\n      path: /b\n      type: DirectoryOrCreate\n    name: b\nstatus: {}\n',
    ],
    [
      'a list of short maps grows',
      'volumes:\n- {name: a}\n',
      edit('append', ['volumes'], { name: 'b', hostPath: { path: '/b' } }),
      'volumes:\n- {name: a}\n- {name: b, hostPath: {path: /b}}\n',
    ],
    ['CRLF stays', 'a: 1\r\nb: 2\r\n', edit('set', ['c'], 3), 'a: 1\r\nb: 2\r\nc: 3\r\n'],
    ['a text that looks like a switch', 'a: 1\n', edit('set', ['a'], 'yes'), 'a: "yes"\n'],
    ['behind a block scalar', 'a: |\n  x\n  y\n', edit('set', ['b'], 1), 'a: |\n  x\n  y\nb: 1\n'],
  ])('%s', (_name, text, change, expected) => {
    const result = applyEdits(text, [change])
    expect(result.refused).toEqual([])
    expect(result.text).toBe(expected)
  })

  describe('a new file', () => {
    const create: Edit = { file: 'a.yaml', op: 'create', path: [], value: 'a: 1\n' }
    it('has its text, and edits of it come after', () => {
      expect(applyEdits(undefined, [edit('set', ['b'], 2), create])).toEqual({
        text: 'a: 1\nb: 2\n',
        refused: [],
      })
    })
    it('may be there with the same text', () => {
      expect(applyEdits('a: 1\n', [create])).toEqual({ text: 'a: 1\n', refused: [] })
    })
    it.each<[string, string | undefined, Edit, RegExp]>([
      ['another text there', 'a: 2\n', create, /another text is there/],
      ['an empty file there', '', create, /another text is there/],
      ['no text', undefined, { ...create, value: { a: 1 } }, /needs its text/],
      ['a path', undefined, { ...create, path: ['a'] }, /no path in it/],
    ])('is refused with %s', (_name, text, change, reason) => {
      const { text: after, refused } = applyEdits(text, [change])
      expect(after).toBe(text ?? '')
      expect(refused.map((each) => each.reason)).toEqual([expect.stringMatching(reason)])
    })
    it('is made where edits of values name no file that is there', () => {
      expect(applyEdits(undefined, [edit('set', ['icc'], false)]).text).toBe('{"icc":false}\n')
    })
  })

  it('finds an object among documents and in lists', () => {
    const other = 'kind: Pod\napiVersion: v1\nmetadata: {name: other, namespace: shop}\n'
    const several = `${other}---\n${POD}`
    const several2 = applyEdits(several, [edit('set', ['spec', 'hostPID'], false, pod)]).text
    expect(several2.startsWith(other)).toBe(true)
    expect(parseAllDocuments(several2)[1]?.toJSON().spec.hostPID).toBe(false)
    const list = JSON.stringify({ kind: 'List', items: [parse(other), parse(POD)] })
    const edited = applyEdits(list, [edit('set', ['spec', 'hostPID'], false, pod)]).text
    expect(JSON.parse(edited).items[1].spec.hostPID).toBe(false)
  })

  it.each<[string, string, Edit]>([
    ['a path through a scalar', 'a: 1\n', edit('set', ['a', 'b'], 1)],
    ['past the end of a list', 'a: [1]\n', edit('set', ['a', 5], 1)],
    ['a file that cannot be parsed', 'a: [1\n', edit('set', ['a'], 1)],
    ['an object that is not there', 'a: 1\n', edit('set', ['a'], 1, pod)],
    ['a flag that is not there', 'A="--b=c"\n', { file: 'x.env', op: 'removeFlag', path: ['--a'] }],
  ])('refuses %s and leaves the text', (_name, text, change) => {
    const result = applyEdits(text, [change])
    expect(result.text).toBe(text)
    expect(result.refused).toHaveLength(1)
  })

  it.each([
    [
      'env file',
      'kubeadm-flags.env',
      'KUBELET_KUBEADM_ARGS="--a=b --anonymous-auth=true --c"\n',
      undefined,
      'KUBELET_KUBEADM_ARGS="--a=b --c"\n',
    ],
    ['first in quotes', 'f.env', 'ARGS="--anonymous-auth=true"\n', undefined, 'ARGS=""\n'],
    [
      'new value',
      'k.service',
      'ExecStart=/usr/bin/kubelet --anonymous_auth=true \\\n  --b\n',
      'false',
      'ExecStart=/usr/bin/kubelet --anonymous-auth=false \\\n  --b\n',
    ],
    [
      'not in comments',
      'k.service',
      '# --anonymous-auth=true\nExecStart=/k --anonymous-auth=true\n',
      undefined,
      '# --anonymous-auth=true\nExecStart=/k\n',
    ],
    [
      'a manifest',
      'api.yaml',
      'kind: Pod\nspec:\n  containers:\n  - command:\n    - kube-apiserver\n    - --anonymous-auth=true\n    - --z=1\n',
      'false',
      'kind: Pod\nspec:\n  containers:\n  - command:\n    - kube-apiserver\n    - --anonymous-auth=false\n    - --z=1\n',
    ],
  ])('a flag in %s', (_name, file, text, value, expected) => {
    const change: Edit =
      value === undefined
        ? { file, op: 'removeFlag', path: ['--anonymous-auth'] }
        : { file, op: 'setFlag', path: ['--anonymous-auth'], value }
    expect(applyEdits(text, [change])).toEqual({ text: expected, refused: [] })
  })

  it.each<[string, string, string, Edit['path'], string | undefined, string]>([
    [
      'added to the command of a static pod',
      'kube-apiserver.yaml',
      'spec:\n  containers:\n  - command:\n    - sidecar\n  - command:\n    - kube-apiserver\n    - --v=2 # note\n    image: x\n',
      ['kube-apiserver', '--profiling'],
      'false',
      'spec:\n  containers:\n  - command:\n    - sidecar\n  - command:\n    - kube-apiserver\n    - --v=2 # note\n    - --profiling=false\n    image: x\n',
    ],
    [
      'added to the args of a static pod',
      'x.yaml',
      'spec:\n  containers:\n  - command: [/bin/kube-apiserver]\n    args: [--v=2]\n',
      ['kube-apiserver', '--profiling'],
      'false',
      'spec:\n  containers:\n  - command: [/bin/kube-apiserver]\n    args: [--v=2, --profiling=false]\n',
    ],
    [
      'taken out of a static pod',
      'x.yaml',
      'spec:\n  containers:\n  - command:\n    - kube-apiserver\n    - --profiling=true\n    - --v=2\n',
      ['kube-apiserver', '--profiling'],
      undefined,
      'spec:\n  containers:\n  - command:\n    - kube-apiserver\n    - --v=2\n',
    ],
    [
      'taken out before one in quotes',
      'x.yaml',
      'spec:\n  containers:\n  - command:\n    - kube-apiserver\n    - --profiling=true\n    - "--a=b:"\n    - --v=2\n',
      ['kube-apiserver', '--profiling'],
      undefined,
      'spec:\n  containers:\n  - command:\n    - kube-apiserver\n    - "--a=b:"\n    - --v=2\n',
    ],
    [
      'added behind one that begins with a dash',
      'x.yaml',
      'spec:\n  containers:\n  - command: [kube-apiserver]\n    args:\n      - --v=2\n',
      ['kube-apiserver', '--profiling'],
      'false',
      'spec:\n  containers:\n  - command: [kube-apiserver]\n    args:\n      - --v=2\n      - --profiling=false\n',
    ],
    [
      'added to a file of arguments',
      'args/kube-apiserver',
      '--v=2',
      ['kube-apiserver', '--profiling'],
      'false',
      '--v=2\n--profiling=false\n',
    ],
  ])('a flag %s', (_name, file, text, at, value, expected) => {
    const change: Edit =
      value === undefined ? { file, op: 'removeFlag', path: at } : { file, op: 'setFlag', path: at, value }
    expect(applyEdits(text, [change])).toEqual({ text: expected, refused: [] })
  })

  it.each<[string, string, string]>([
    ['a pod of another component', 'x.yaml', 'spec:\n  containers:\n  - command: [etcd]\n'],
    ['a unit', 'etc/kube-apiserver.service', '[Service]\nExecStart=/bin/kube-apiserver\n'],
    ['a document without containers', 'x.yaml', 'spec: 3\n'],
  ])('adds no flag to %s', (_name, file, text) => {
    const path = ['kube-apiserver', '--profiling']
    const result = applyEdits(text, [{ file, op: 'setFlag', path, value: 'false' }])
    expect([result.text, result.refused.length]).toEqual([text, 1])
  })

  it('sets any value at any path of any document, or refuses and changes nothing', () => {
    const json = fc.letrec<{ value: JsonValue }>((tie) => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom<JsonValue>(true, null, 3, 'text', 'yes', ''),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'key'), tie('value'), { maxKeys: 3 }),
      ),
    })).value
    const path = fc.array(fc.constantFrom('a', 'b', 'key', 0, 1), { minLength: 1, maxLength: 3 })
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom('a', 'b'), json),
        path,
        json,
        fc.boolean(),
        (root, at, value, pretty) => {
          const text = `${JSON.stringify(root, null, pretty ? 2 : 0)}\n`
          const result = applyEdits(text, [edit('set', at, value)])
          if (result.refused.length > 0) {
            expect(result.text).toBe(text)
            return
          }
          let here: unknown = JSON.parse(result.text)
          for (const step of at) here = (here as Record<string, unknown>)[String(step)]
          expect(here).toEqual(value)
        },
      ),
      { numRuns: 200 },
    )
  })
})
