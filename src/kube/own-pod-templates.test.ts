import { expect, test } from 'vitest'
import { formatPath, type JsonObject, type JsonPath, type KubeObject } from '../model/index.js'
import { withOwnPodTemplates } from './own-pod-templates.js'
import { containersOf, podTemplatesOf } from './pod-template.js'

const object = (content: JsonObject, kind = 'Worker', group = 'example.com'): KubeObject => ({
  ref: { group, version: 'v1', kind, namespace: 'ns', name: 'x' },
  content,
  source: 'manifest',
  slice: { file: 'f', format: 'yaml', offset: 0, length: 0, line: 1, column: 1 },
})
const POD = { spec: { containers: [{ name: 'a' }] } }

test.each<[string, JsonObject, JsonPath[], containers: string[]]>([
  ['a template', { spec: { worker: POD } }, [['spec', 'worker']], ['spec.worker.spec.containers[0]']],
  [
    'each member of a list',
    { spec: { groups: [{ t: POD }, { t: POD }] } },
    [['spec', 'groups', '*', 't']],
    ['spec.groups[0].t.spec.containers[0]', 'spec.groups[1].t.spec.containers[0]'],
  ],
  [
    'each member of a mapping',
    { spec: { roles: { ps: POD } } },
    [['spec', 'roles', '*']],
    ['spec.roles.ps.spec.containers[0]'],
  ],
  ['a spec of a pod', { spec: { pod: POD.spec } }, [['spec', 'pod']], ['spec.pod.containers[0]']],
  [
    'several paths',
    { spec: { a: POD, b: POD } },
    [
      ['spec', 'a'],
      ['spec', 'b'],
    ],
    ['spec.a.spec.containers[0]', 'spec.b.spec.containers[0]'],
  ],
  ['a path that leads nowhere', { spec: { a: POD } }, [['spec', 'b']], []],
  ['a path that leads to a text', { spec: { a: 'x' } }, [['spec', 'a']], []],
  [
    'a path that leads nowhere, and a template where most kinds have it',
    { spec: { template: POD } },
    [['spec', 'b']],
    ['spec.template.spec.containers[0]'],
  ],
])('%s', (_name, content, paths, containers) => {
  const templates = paths.map((path) => ({ kind: 'Worker.example.com', path }))
  const [given] = withOwnPodTemplates([object(content)], templates)
  const found = given === undefined ? [] : podTemplatesOf(given).flatMap(containersOf)
  expect(found.map(({ path }) => formatPath(path))).toEqual(containers)
})

test('objects of other kinds are as they were', () => {
  const other = object({ spec: { a: POD } }, 'Worker', 'example.org')
  expect(withOwnPodTemplates([other], [{ kind: 'Worker.example.com', path: ['spec', 'a'] }])[0]).toBe(other)
  const objects = [other]
  expect(withOwnPodTemplates(objects, [])).toBe(objects)
})
