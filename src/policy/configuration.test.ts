import { describe, expect, it } from 'vitest'
import { schemaValidator } from '../../test/kit/schema-validator.js'
import type { KubeObject } from '../model/index.js'
import { readYaml } from '../text/index.js'
import {
  checkNames,
  chooseChecks,
  judgedTargets,
  namespaceWords,
  ownersWords,
  untrustedAmong,
  readConfiguration,
  type Configuration,
} from './index.js'

const PLACE = { audited: false, folders: { configuration: '/repo', working: '/repo' } }
const read = (text: string): Configuration => readConfiguration(text, '.rampart.yaml', PLACE)

const WHOLE = `# What we accept
exceptions:
  - check: pod-host-path
    namespace: monitoring
    kind: DaemonSet
    name: [node-exporter*, promtail]
    container: agent
    reason: it reads /proc of the node
    until: 2027-01-31
    owner: infra
  - check: rbac-*
    rule:
      resources: [secrets]
      verbs: [get, list]
    reason: the operator rotates them
    until: '2027-06-30'
severities:
  pod-seccomp: low
checks:
  exclude: [dashboard-*]
  enable: pod-image-registry
namespaces:
  exclude: [kube-system]
registries: [registry.example.com]
untrustedNamespaces: agents-*
podTemplates:
  - {kind: Worker.example.com, path: spec.groups.*.template}
annotations: false
neverAccept: [pod-privileged]
`

it('reads every part, with places', () => {
  const { exceptions, severities, checks, namespaces, registries, annotations, neverAccept } = read(WHOLE)
  expect(exceptions).toEqual([
    {
      check: 'pod-host-path',
      scope: {
        namespace: ['monitoring'],
        kind: ['DaemonSet'],
        name: ['node-exporter*', 'promtail'],
        container: ['agent'],
      },
      reason: 'it reads /proc of the node',
      until: '2027-01-31',
      owner: 'infra',
      place: { file: '.rampart.yaml', line: 3, column: 5 },
      ...PLACE,
    },
    {
      check: 'rbac-*',
      scope: { rule: { resources: ['secrets'], verbs: ['get', 'list'] } },
      reason: 'the operator rotates them',
      until: '2027-06-30',
      place: { file: '.rampart.yaml', line: 11, column: 5 },
      ...PLACE,
    },
  ])
  expect([...severities]).toEqual([
    ['pod-seccomp', { severity: 'low', place: { file: '.rampart.yaml', line: 18, column: 16 } }],
  ])
  expect(checks).toEqual({ exclude: ['dashboard-*'], enable: ['pod-image-registry'], from: [] })
  expect([namespaces, registries, annotations, neverAccept]).toEqual([
    { exclude: ['kube-system'] },
    ['registry.example.com'],
    false,
    ['pod-privileged'],
  ])
})

it.each(['', '# nothing\n', '{}', 'exceptions:\n'])('reads %j as nothing', (text) => {
  expect(read(text)).toMatchObject({ exceptions: [], annotations: true, neverAccept: [] })
})

const one = (lines: string): string => `exceptions:\n  - ${lines.split('\n').join('\n    ')}\n`

describe('the first fault ends it, with its place', () => {
  it.each([
    ['execptions: []', '.rampart.yaml:1:1: `execptions` is not known here; did you mean `exceptions`?'],
    [
      one('check: a\nreasn: b'),
      '.rampart.yaml:3:12: `reasn` is not known in `exceptions`; did you mean `reason`?',
    ],
    [one('check: a\nreason: b'), '.rampart.yaml:2:5: the exception has no `until`'],
    [one('check: a\nuntil: 2027-01-31'), '.rampart.yaml:2:5: the exception has no `reason`'],
    [
      one('check: a\nreason: b\nuntil: 2027-13-01'),
      '.rampart.yaml:4:12: `2027-13-01` is no day as 2027-01-31',
    ],
    [one("check: a\nreason: ' '\nuntil: 2027-01-31"), '.rampart.yaml:3:13: `reason` is empty'],
    [
      one('check: a\nreason: b\nuntil: 2027'),
      '.rampart.yaml:4:12: `until` must be a text: write "2027" in quotes',
    ],
    [
      one('check: "*"\nreason: b\nuntil: 2027-01-31'),
      '.rampart.yaml:2:5: a pattern of checks without namespace',
    ],
    [one('check: a\nname: []\nreason: b\nuntil: 2027-01-31'), '.rampart.yaml:3:5: `name` is empty'],
    ['severities: {pod-seccomp: lo}', '.rampart.yaml:1:27: `pod-seccomp` must be one of critical'],
    ['severities: [low]', '.rampart.yaml:1:1: `severities` must be a mapping'],
    ['checks: {exclud: []}', 'did you mean `exclude`?'],
    ['annotations: "no"', '.rampart.yaml:1:14: `annotations` must be true or false'],
    ['registries: {a: b}', '`registries` must be a text'],
    ['untrustedNamespaces: [7]', '.rampart.yaml:1:23: `untrustedNamespaces` must be a text'],
    ['podTemplates: {kind: A.b}', '.rampart.yaml:1:1: `podTemplates` must be a list'],
    ['podTemplates: [x]', '.rampart.yaml:1:16: `podTemplates` must be a mapping'],
    ['podTemplates: [null]', 'it is a mapping with `kind` and `path`'],
    ['podTemplates: [{kind: A.b.c}]', '.rampart.yaml:1:16: it has no `path`'],
    ['podTemplates: [{path: spec}]', '.rampart.yaml:1:16: it has no `kind`'],
    ['podTemplates: [{kind: Worker, path: spec}]', '.rampart.yaml:1:23: `Worker` is no kind with its group'],
    ['podTemplates: [{kind: A.b, path: "a..b"}]', '.rampart.yaml:1:34: `a..b` is no path'],
    ['podTemplates: [{kind: A.b, path: "a[0]"}]', 'is no path'],
    ['podTemplates: [{kind: A.b, paht: a}]', 'did you mean `path`?'],
    ['- a', '.rampart.yaml:1:1: a mapping is expected'],
    ['a: [', '.rampart.yaml:1:'],
    ['annotations: true\nannotations: false', '.rampart.yaml:2:1'],
    [
      `neverAccept: ['pod-*']\n${one('check: pod-seccomp\nreason: b\nuntil: 2027-01-31')}`,
      'may not be accepted: `neverAccept` names `pod-*`',
    ],
    ['x'.repeat(1024 * 1024 + 1), 'is larger than'],
  ])('%j', (text, message) => {
    expect(() => read(text)).toThrow(message)
  })
})

it('reads what the owner says of the estate, and says it again', () => {
  const configuration = read(WHOLE)
  expect(configuration.untrustedNamespaces).toEqual(['agents-*'])
  expect(configuration.podTemplates).toEqual([
    { kind: 'Worker.example.com', path: ['spec', 'groups', '*', 'template'] },
  ])
  const object = (kind: string, group: string, namespace: string, name: string): KubeObject =>
    ({ ref: { kind, group, version: 'v1', namespace, name }, content: {} }) as KubeObject
  const objects = [
    object('Worker', 'example.com', 'agents-2', 'a'),
    object('Namespace', '', '', 'agents-1'),
    object('Pod', '', 'shop', 'b'),
  ]
  expect(untrustedAmong(configuration, objects)).toEqual(['agents-1', 'agents-2'])
  expect(ownersWords(configuration, objects)).toEqual([
    'Untrusted namespaces, `agents-*`: `agents-1`, `agents-2`',
    'Pods of `Worker.example.com` are at `spec.groups.*.template`: 1 object',
  ])
  expect(ownersWords(configuration, [])).toEqual([
    'Untrusted namespaces, `agents-*`: none was read',
    'Pods of `Worker.example.com` are at `spec.groups.*.template`: none was read',
  ])
  expect(ownersWords(read(''), objects)).toEqual([])
})

describe('names of checks', () => {
  const ids = [
    'pod-host-path',
    'pod-seccomp',
    'rbac-anonymous',
    'dashboard-exposed',
    'pod-image-registry',
    'pod-privileged',
  ]

  it('may be ids and patterns of ids', () => {
    expect(() => checkNames(read(WHOLE), ids)).not.toThrow()
  })

  it.each([
    [
      'severities: {pod-secomp: low}',
      '.rampart.yaml:1:26: there is no check `pod-secomp`; did you mean `pod-seccomp`?',
    ],
    ['checks: {exclude: [kubelet-*]}', '.rampart.yaml:1:20: no check is like `kubelet-*`'],
  ])('%s is refused', (text, message) => {
    expect(() => checkNames(read(text), ids)).toThrow(message)
  })
})

describe('which checks are asked', () => {
  const a = { id: 'pod-a', aliases: ['old-a'] }
  const b = { id: 'pod-b' }
  const off = { id: 'off-c' }
  const choose = (checks: Configuration['checks'] | undefined) => {
    const { chosen, leftOut } = chooseChecks([a, b, off], [a, b], checks)
    return [chosen.map(({ id }) => id), leftOut]
  }
  it.each<[Configuration['checks'] | undefined, string[], string[]]>([
    [undefined, ['pod-a', 'pod-b'], []],
    [{ exclude: ['old-a'], enable: [], from: [] }, ['pod-b'], ['pod-a']],
    [{ include: ['pod-*'], exclude: ['*-b'], enable: ['off-c'], from: [] }, ['pod-a'], ['pod-b']],
    [{ exclude: [], enable: ['off-*'], from: [] }, ['pod-a', 'pod-b', 'off-c'], []],
  ])('%j', (checks, chosen, leftOut) => {
    expect(choose(checks)).toEqual([chosen, leftOut])
  })
})

describe('which targets are judged', () => {
  const isNamespaced = (_: string, kind: string): boolean => kind !== 'ClusterRole'
  const object = (kind: string, namespace: string, name = 'x') =>
    ({ kind: 'object', object: { group: '', version: 'v1', kind, namespace, name } }) as const
  const host = { kind: 'host', host: 'n' } as const

  it('all of them unless something is said', () => {
    expect(judgedTargets({ isNamespaced, namespaces: { exclude: [] } })).toBeUndefined()
  })

  it.each([
    ['shop', object('Pod', 'shop'), true],
    ['shop', object('Pod', 'prod'), false],
    ['shop', object('Pod', ''), true],
    ['shop', object('ClusterRole', ''), false],
    ['shop', object('Namespace', '', 'shop'), true],
    ['shop', host, false],
  ])('only %s: %j %s', (only, target, expected) => {
    expect(judgedTargets({ only, isNamespaced })?.(target)).toBe(expected)
  })

  it.each([
    [object('Pod', 'shop-1'), true],
    [object('Pod', 'shop-test'), false],
    [object('Pod', 'prod'), false],
    [object('ClusterRole', ''), true],
    [object('Namespace', '', 'prod'), false],
    [host, true],
  ])('by patterns: %j %s', (target, expected) => {
    const namespaces = { include: ['shop-*'], exclude: ['*-test'] }
    expect(judgedTargets({ namespaces, isNamespaced })?.(target)).toBe(expected)
    expect(namespaceWords(namespaces)).toEqual(['only shop-*', 'not *-test'])
  })
})

it('is what the published schema says', () => {
  const errorsOf = schemaValidator('schemas/rampart-config.schema.json')
  expect(errorsOf(readYaml(WHOLE).value)).toEqual([])
  expect(errorsOf({ execptions: [] })).not.toEqual([])
  expect(errorsOf({ exceptions: [{ check: 'a', reason: 'b' }] })).not.toEqual([])
})
