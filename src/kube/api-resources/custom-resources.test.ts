import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue, KubeObject } from '../../model/index.js'
import { builtInCatalogue } from './built-in.js'
import { withCustomResources } from './custom-resources.js'
import { compareKubeVersions } from './kube-version-order.js'
import { preferredResources } from './preferred-resources.js'

function definition(content: JsonValue): KubeObject {
  const ref = {
    group: 'apiextensions.k8s.io',
    version: 'v1',
    kind: 'CustomResourceDefinition',
    namespace: '',
    name: 'x',
  }
  const slice = { file: 'crds.yaml', format: 'yaml', offset: 0, length: 0, line: 1, column: 1 } as const
  return { ref, content: content as KubeObject['content'], source: 'manifest', slice }
}

const spec = (rest: object, names: object = {}): KubeObject =>
  definition({
    spec: {
      group: 'acme.example',
      scope: 'Namespaced',
      names: { plural: 'widgets', kind: 'Widget', ...names },
      versions: [{ name: 'v1', served: true }],
      ...rest,
    },
  })

const builtIn = builtInCatalogue(36)
const added = (...definitions: KubeObject[]) =>
  withCustomResources(builtIn, definitions)
    .groups.flatMap((group) => group.resources)
    .filter((resource) => resource.definition !== undefined)

describe('resources of definitions', () => {
  it('have the names, scope, verbs and subresources that the server would tell', () => {
    const versions = [
      { name: 'v1beta1', served: true, subresources: { status: {} } },
      { name: 'v1', served: true, subresources: { status: {}, scale: {} } },
      { name: 'v2', served: false },
    ]
    const both = added(spec({ versions }, { shortNames: ['wd'], categories: ['all'] }))
    expect(both.map(({ versions: of, subresources }) => [of, subresources.map((one) => one.name)])).toEqual([
      [['v1'], ['status', 'scale']],
      [['v1beta1'], ['status']],
    ])
    expect(both[0]).toMatchObject({
      singular: 'widget',
      namespaced: true,
      shortNames: ['wd'],
      categories: ['all'],
      verbs: ['delete', 'deletecollection', 'get', 'list', 'patch', 'create', 'update', 'watch'],
    })
    expect(both[0]?.subresources[1]).toMatchObject({ group: 'autoscaling', kind: 'Scale' })
    const list = preferredResources(withCustomResources(builtIn, [spec({ versions })]))
    expect(list.filter((one) => one.resource.name === 'widgets').map((one) => one.version)).toEqual(['v1'])
  })

  it.each<[string, KubeObject[], number]>([
    ['no group', [spec({ group: '' })], 0],
    ['names of another type', [spec({ names: 5 })], 0],
    ['no served version', [spec({ versions: [{ name: 'v1', served: false }] })], 0],
    ['versions of another type', [spec({ versions: { v1: true } })], 0],
    ['the old form with one version', [spec({ versions: undefined, version: 'v1alpha1' })], 1],
    ['the same twice', [spec({}), spec({})], 1],
    ['a built-in name', [spec({ group: 'apps' }, { plural: 'deployments', kind: 'Deployment' })], 0],
    ['a new name in a built-in group', [spec({ group: 'apps' })], 1],
    [
      'names that the server took',
      [
        definition({
          spec: { group: 'a.b', names: {}, versions: [{ name: 'v1', served: true }] },
          status: { acceptedNames: { plural: 'xs', kind: 'X' } },
        }),
      ],
      1,
    ],
  ])('%s', (_name, definitions, expected) => {
    expect(added(...definitions)).toHaveLength(expected)
  })

  it('loses writing verbs while it is deleted', () => {
    const status = { conditions: [{ type: 'Terminating', status: 'True' }] }
    const content = { ...spec({}).content, status }
    expect(added(definition(content as JsonValue))[0]?.verbs).not.toContain('create')
  })

  it('stand behind the built-in groups, by name', () => {
    const groups = withCustomResources(builtIn, [
      spec({ group: 'z.example' }),
      spec({ group: 'a.example' }),
    ]).groups
    expect(groups.slice(-2).map((group) => group.name)).toEqual(['a.example', 'z.example'])
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (a, b) => {
        withCustomResources(builtIn, [definition({ spec: a, status: b }), definition(b)])
      }),
    )
  })
})

describe('the order of versions', () => {
  it('puts stable before beta before alpha before what is no version', () => {
    const order = ['v10', 'v2', 'v1', 'v11beta2', 'v3beta1', 'v12alpha1', 'v11alpha2', 'foo1', 'foo10']
    expect([...order].reverse().sort(compareKubeVersions)).toEqual(order)
  })
})
