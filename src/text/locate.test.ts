import fc from 'fast-check'
import { dump } from 'js-yaml'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { JsonPath, JsonValue } from '../model/index.js'
import { locate } from './index.js'
import { locateYaml } from './locate-yaml.js'

const yaml = { format: 'yaml', line: 1, column: 1 } as const
const json = { format: 'json', line: 1, column: 1 } as const

const POD = `# a pod
spec:
  hostNetwork: true
  securityContext:
    runAsUser: 0
  containers:
    - name: app
      image: "x:1"
      args: [serve, '--all']
      text: |
        hello
    -
      name: side
      empty:
  <<: *base
x-base: &base
  dnsPolicy: Default
`

describe('locate in YAML', () => {
  it.each<[string, JsonPath, number, number]>([
    ['a scalar', ['spec', 'hostNetwork'], 3, 16],
    ['a mapping: its key', ['spec', 'securityContext'], 4, 3],
    ['a missing field: the key of its parent', ['spec', 'securityContext', 'runAsNonRoot'], 4, 3],
    ['a missing field of the root', ['kind'], 2, 1],
    ['an item of a list', ['spec', 'containers', 0], 7, 7],
    ['an item behind a lone dash', ['spec', 'containers', 1], 13, 7],
    ['a missing field of an item', ['spec', 'containers', 0, 'securityContext', 'privileged'], 7, 7],
    ['a quoted scalar', ['spec', 'containers', 0, 'image'], 8, 14],
    ['an item of a flow list', ['spec', 'containers', 0, 'args', 1], 9, 21],
    ['a block scalar', ['spec', 'containers', 0, 'text'], 10, 13],
    ['an empty value: its key', ['spec', 'containers', 1, 'empty'], 14, 7],
    ['an index beyond the list', ['spec', 'containers', 7], 6, 3],
    ['the root', [], 2, 1],
  ])('finds %s', (_name, path, line, column) => {
    const text = POD.replace('  <<: *base\n', '')
    expect(locate(text, yaml, path)).toEqual({ line, column })
  })

  it('follows aliases and merges to where the value is written', () => {
    const text = 'base: &base\n  dns: Default\n  ports: [1]\npod:\n  <<: *base\n  also: *base\n'
    expect(locate(text, yaml, ['pod', 'dns'])).toEqual({ line: 2, column: 8 })
    expect(locate(text, yaml, ['pod', 'also', 'dns'])).toEqual({ line: 2, column: 8 })
  })

  it('takes the last of two equal keys, as the reader does', () => {
    expect(locate('a: 1\na: 2\n', yaml, ['a'])).toEqual({ line: 2, column: 4 })
  })

  it('counts from the place of the slice', () => {
    expect(locate('- a:\n    b: 1', { format: 'yaml', line: 11, column: 3 }, [0, 'a'])).toEqual({
      line: 11,
      column: 5,
    })
    expect(locate('- a:\n    b: 1', { format: 'yaml', line: 11, column: 3 }, [0, 'a', 'b'])).toEqual({
      line: 12,
      column: 8,
    })
  })

  it.each(['a:\r\n  b: 1\r\n', '# c\r\na: # d\r\n  b: 1'])('reads CRLF: %j', (text) => {
    const line = text.startsWith('#') ? 3 : 2
    expect(locate(text, yaml, ['a', 'b'])).toEqual({ line, column: 6 })
  })
})

describe('locate in JSON', () => {
  const text = '{\n  "spec": {\n    "a": [1, {"b": "x"}],\n    "c": {}\n  },\n  "n": 1, "n": 2\n}'
  it.each<[JsonPath, number, number]>([
    [['spec'], 2, 3],
    [['spec', 'a'], 3, 5],
    [['spec', 'a', 0], 3, 11],
    [['spec', 'a', 1], 3, 14],
    [['spec', 'a', 1, 'b'], 3, 20],
    [['spec', 'c', 'missing'], 4, 5],
    [['spec', 'missing', 0], 2, 3],
    [['n'], 6, 16],
    [[], 1, 1],
  ])('finds %j', (path, line, column) => {
    expect(locate(text, json, path)).toEqual({ line, column })
  })
})

/** All paths of a value, and one that leads nowhere from each. */
function pathsOf(value: JsonValue, path: JsonPath = []): JsonPath[] {
  if (typeof value !== 'object' || value === null) return [path]
  const inner = Array.isArray(value)
    ? value.flatMap((item, index) => pathsOf(item, [...path, index]))
    : Object.entries(value).flatMap(([key, item]) => pathsOf(item ?? null, [...path, key]))
  return [path, [...path, 'no-such-key'], ...inner]
}

/** Keys and texts as manifests hold them, and worse. */
const word = fc.oneof(
  fc.constantFrom(
    'a',
    'spec',
    'x-y',
    'a.b/c',
    'yes',
    '1',
    'multi\nline\n',
    'a: b',
    '- x',
    '# no',
    "it's",
    '"q"',
    ' lead',
    '',
    'é😀',
    '{',
    'a #b',
    '__proto__',
    'true',
    'line\n\n  deeper\nend',
  ),
  fc.string({ maxLength: 8 }),
)
const tree = fc.letrec<{ node: JsonValue }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(word, fc.integer(), fc.boolean(), fc.constant(null)),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(word, tie('node'), { maxKeys: 4 }) as fc.Arbitrary<JsonValue>,
  ),
})).node

describe('locate, whatever the document', () => {
  it('finds in JSON text the value that stands there', () => {
    fc.assert(
      fc.property(tree, fc.constantFrom(0, 1, 4), (value, indent) => {
        const text = JSON.stringify(value, null, indent)
        const lines = text.split('\n')
        for (const path of pathsOf(value)) {
          const place = locate(text, json, path)
          const here = lines[(place?.line ?? 0) - 1]?.slice((place?.column ?? 0) - 1) ?? ''
          const leaf = path.reduce<JsonValue | undefined>(
            (at, step) =>
              at !== null && typeof at === 'object' && Object.hasOwn(at, step)
                ? (at as Record<string, JsonValue>)[step]
                : undefined,
            value,
          )
          if (leaf !== undefined && (typeof leaf !== 'object' || leaf === null))
            expect(here.startsWith(JSON.stringify(leaf))).toBe(true)
          else if (typeof path.at(-1) === 'string' && leaf !== undefined)
            expect(here.startsWith(JSON.stringify(path.at(-1)))).toBe(true)
          else expect(place).toBeDefined()
        }
      }),
    )
  })

  it('agrees with the parser of the yaml package', () => {
    fc.assert(
      fc.property(tree, fc.constantFrom('js-yaml', 'yaml', 'kubectl'), (value, writer) => {
        const text =
          writer === 'yaml'
            ? stringify(value)
            : dump(value, { noArrayIndent: writer === 'kubectl', lineWidth: 40 })
        for (const path of pathsOf(value)) expect(locate(text, yaml, path)).toEqual(locateYaml(text, path))
      }),
      { numRuns: 1000 },
    )
  })

  it('never throws', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.array(fc.oneof(fc.string(), fc.nat(3)), { maxLength: 3 }),
        (text, path) => {
          locate(text, yaml, path)
          locate(text, json, path)
        },
      ),
    )
  })
})
