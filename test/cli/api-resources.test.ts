import { describe, expect, it } from 'vitest'
import { rampart } from './run-cli.js'

const CRD = `apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: widgets.acme.example}
spec:
  group: acme.example
  scope: Namespaced
  names: {plural: widgets, kind: Widget, shortNames: [wd]}
  versions: [{name: v1, served: true, storage: true}]
`
const node = (version: string): string =>
  `---\napiVersion: v1\nkind: Node\nmetadata: {name: a}\nstatus: {nodeInfo: {kubeletVersion: ${version}}}\n`

describe('rampart api-resources', () => {
  it('prints what the newest known version serves without being told to', () => {
    const { code, out, err } = rampart(['api-resources'])
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out.split('\n', 2)).toEqual([
      'NAME                                SHORTNAMES   APIVERSION                        NAMESPACED   KIND',
      'bindings                                         v1                                true         Binding',
    ])
    expect(out).not.toContain('alpha')
    expect(rampart(['api-resources', '--all']).out).toContain('scheduling.k8s.io/v1alpha3')
  })

  it('puts the definitions that it reads beside the built-in resources', () => {
    const { out } = rampart(['api-resources', '-', '--api-group', 'acme.example'], { input: CRD })
    expect(out).toBe(
      'NAME      SHORTNAMES   APIVERSION        NAMESPACED   KIND\nwidgets   wd           acme.example/v1   true         Widget\n',
    )
    const bare = rampart(['api-resources', '--namespaced', '-', '-o', 'name'], { input: CRD })
    expect(bare.out.split('\n')[0]).toBe('bindings')
    expect(bare.out).toContain('widgets.acme.example\n')
  })

  it('takes the version from the Nodes, and says so where it does not know it', () => {
    const names = (version: string): string[] =>
      rampart(['api-resources', '-', '-o', 'name'], { input: CRD + node(version) }).out.split('\n')
    expect(names('v1.36.1')).not.toContain('clustertrustbundles.certificates.k8s.io')
    expect(names('v1.37.0')).toContain('clustertrustbundles.certificates.k8s.io')
    const old = rampart(['api-resources', '--kubernetes-version', '1.19'])
    expect(old.err).toBe('The resources of 1.19 are not known; these are those of 1.31.\n')
  })

  it('prints JSON and YAML', () => {
    const { out } = rampart(['api-resources', '--api-group', 'batch', '-o', 'json'])
    expect(JSON.parse(out)).toMatchObject({
      kind: 'APIResourceList',
      resources: [{ name: 'cronjobs' }, { name: 'jobs' }],
    })
    const yaml = rampart(['api-resources', '--api-group', 'batch', '-o', 'yaml']).out
    expect(yaml).toMatch(
      /^apiVersion: v1\ngroupVersion: ""\nkind: APIResourceList\nresources:\n- categories:\n {2}- all\n/,
    )
  })

  it.each([
    [['--sort-by', 'size'], /name, kind/],
    [['-o', 'xml'], /wide, name, json, yaml/],
    [['--kubernetes-version', 'two'], /such as 1\.36/],
    [['nowhere.yaml'], /nowhere\.yaml/],
  ])('refuses %j', (args, message) => {
    const { code, err } = rampart(['api-resources', ...args])
    expect({ code, told: message.test(err) }).toEqual({ code: 2, told: true })
  })
})
