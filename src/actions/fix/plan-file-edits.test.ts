import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { editOf, findingWith } from '../../../test/kit/finding-with.js'
import type { Edit } from '../../model/index.js'
import { mergeEdits, type WantedEdit } from './plan-file-edits.js'

const MANIFEST = '/etc/kubernetes/manifests/kube-apiserver.yaml'
const POD = (flags: readonly string[]): string =>
  `apiVersion: v1\nkind: Pod\nmetadata: {name: kube-apiserver, namespace: kube-system}\nspec:\n  containers:\n  - name: kube-apiserver\n    command:\n    - kube-apiserver\n${flags.map((flag) => `    - ${flag}\n`).join('')}`

const plugins = (value: string): Edit =>
  editOf(MANIFEST, 'setFlag', ['kube-apiserver', '--enable-admission-plugins'], value)
const flag = (name: string, value: string): Edit =>
  editOf(MANIFEST, 'setFlag', ['kube-apiserver', name], value)
const value = (path: Edit['path'], to: NonNullable<Edit['value']>): Edit => editOf('/a.yaml', 'set', path, to)

interface Row {
  readonly name: string
  readonly text: string | undefined
  readonly edits: readonly Edit[]
  /** What the file holds afterwards. */
  readonly after: string
  /** Which of the edits' findings (first, second ...) lose, and why. */
  readonly lost?: readonly (readonly [index: number, why: RegExp])[]
}

const ROWS: readonly Row[] = [
  {
    name: 'two that extend one list become one list',
    text: POD(['--enable-admission-plugins=NodeRestriction']),
    edits: [plugins('NodeRestriction,DenyServiceExternalIPs'), plugins('NodeRestriction,EventRateLimit')],
    after: POD(['--enable-admission-plugins=NodeRestriction,DenyServiceExternalIPs,EventRateLimit']),
  },
  {
    name: 'one takes a name out of a list, another adds one',
    text: POD(['--enable-admission-plugins=AlwaysAdmit,NodeRestriction']),
    edits: [plugins('NodeRestriction'), plugins('AlwaysAdmit,NodeRestriction,PodSecurity')],
    after: POD(['--enable-admission-plugins=NodeRestriction,PodSecurity']),
  },
  {
    name: 'a list that is not there yet is made of both',
    text: POD([]),
    edits: [plugins('NodeRestriction'), plugins('EventRateLimit')],
    after: POD(['--enable-admission-plugins=NodeRestriction,EventRateLimit']),
  },
  {
    name: 'the same twice is made once',
    text: POD([]),
    edits: [flag('--profiling', 'false'), flag('--profiling', 'false')],
    after: POD(['--profiling=false']),
  },
  {
    name: 'two values at one place: the worse finding stands',
    text: POD(['--tls-min-version=VersionTLS10']),
    edits: [flag('--tls-min-version', 'VersionTLS13'), flag('--tls-min-version', 'VersionTLS12')],
    after: POD(['--tls-min-version=VersionTLS13']),
    lost: [[1, /check-0 wants another value/]],
  },
  {
    name: 'two that replace a list of another kind contradict each other',
    text: POD(['--tls-cipher-suites=A,B']),
    edits: [flag('--tls-cipher-suites', 'C'), flag('--tls-cipher-suites', 'D')],
    after: POD(['--tls-cipher-suites=C']),
    lost: [[1, /wants another value/]],
  },
  {
    name: 'two that shorten a list',
    text: 'ciphers: [A, B, C]\n',
    edits: [value(['ciphers'], ['A', 'B']), value(['ciphers'], ['B', 'C'])],
    after: 'ciphers: [B]\n',
  },
  {
    name: 'set and taken out',
    text: 'a: 1\nb: 2\n',
    edits: [value(['a'], 5), editOf('/a.yaml', 'remove', ['a'])],
    after: 'a: 5\nb: 2\n',
    lost: [[1, /wants another value/]],
  },
  {
    name: 'a whole value and a part of it that contradicts it',
    text: 'a: {b: 1, c: 2}\nd: 1\n',
    edits: [value(['a', 'b'], 5), editOf('/a.yaml', 'remove', ['a'])],
    after: 'a: {b: 5, c: 2}\nd: 1\n',
    lost: [[1, /part of the same value/]],
  },
  {
    name: 'what cannot be parsed is refused, and its text stays',
    text: 'a: [1\n',
    edits: [value(['b'], 1)],
    after: 'a: [1\n',
    lost: [[0, /cannot be parsed/]],
  },
  {
    name: 'a file that is not there, of values',
    text: undefined,
    edits: [value(['apiVersion'], 'v1'), value(['authentication', 'anonymous', 'enabled'], false)],
    after: 'apiVersion: "v1"\nauthentication: {"anonymous":{"enabled":false}}\n',
  },
  {
    name: 'a file that is made, and values in it',
    text: undefined,
    edits: [editOf('/a.yaml', 'create', [], 'a: 1 # why\n'), value(['b'], 2)],
    after: 'a: 1 # why\nb: 2\n',
  },
  {
    name: 'comments, unknown keys, quotes and CRLF stay',
    text: '# mine\r\nunknown: "x"  # kept\r\nreadOnlyPort: 10255\r\n',
    edits: [value(['readOnlyPort'], 0)],
    after: '# mine\r\nunknown: "x"  # kept\r\nreadOnlyPort: 0\r\n',
  },
]

describe('mergeEdits', () => {
  it.each(ROWS)('$name', ({ text, edits, after, lost = [] }) => {
    const wanted: WantedEdit[] = edits.map((edit, index) => ({
      edit,
      finding: findingWith(`check-${index}`),
    }))
    const merged = mergeEdits(text, wanted)
    const reasons = wanted.map(({ finding }) => merged.lost.get(finding)?.why)
    expect(reasons).toEqual(
      wanted.map((_, index) => {
        const why = lost.find(([which]) => which === index)?.[1]
        return why === undefined ? undefined : expect.stringMatching(why)
      }),
    )
    // A plan is made again without those that lost.
    const kept = wanted.filter(({ finding }) => !merged.lost.has(finding))
    expect(mergeEdits(text, kept).text).toBe(after)
  })

  it('gives the same text for the same wishes in any order, where none contradicts', () => {
    const keys = ['a', 'b', 'c', 'd', 'e']
    const wishes = fc.uniqueArray(fc.constantFrom(...keys), { minLength: 1 })
    fc.assert(
      fc.property(wishes, fc.shuffledSubarray(keys, { minLength: keys.length }), (chosen, order) => {
        const text = keys.map((key) => `${key}: 1 # ${key}\n`).join('')
        const wanted = (list: readonly string[]): WantedEdit[] =>
          list.map((key) => ({ edit: value([key], 2), finding: findingWith(key) }))
        const one = mergeEdits(text, wanted(chosen)).text
        const other = mergeEdits(text, wanted(order.filter((key) => chosen.includes(key)))).text
        expect(one).toBe(other)
        // Not one byte of the lines that nobody asked about.
        expect(one).toBe(keys.map((key) => `${key}: ${chosen.includes(key) ? 2 : 1} # ${key}\n`).join(''))
      }),
    )
  })
})
