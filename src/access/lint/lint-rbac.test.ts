import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { indexObjects } from '../../kube/index.js'
import type { JsonValue } from '../../model/index.js'
import { estateFrom } from '../../sources/inline.js'
import { lintRbac } from './lint-rbac.js'

const RBAC = 'apiVersion: rbac.authorization.k8s.io/v1'
const BOUND = `---\n${RBAC}\nkind: ClusterRoleBinding\nmetadata: {name: all}\nroleRef: {kind: ClusterRole, name: r}\nsubjects: [{kind: Group, name: g}]\n`
const clusterRole = (...rules: string[]): string =>
  `${RBAC}\nkind: ClusterRole\nmetadata: {name: r}\nrules: [${rules.join(', ')}]\n${BOUND}`
const role = (rule: string): string =>
  `${RBAC}\nkind: Role\nmetadata: {name: r, namespace: n}\nrules: [${rule}]\n---\n${RBAC}\nkind: RoleBinding\nmetadata: {name: b, namespace: n}\nroleRef: {kind: Role, name: r}\n`
const rule = (verbs: string, groups: string, resources: string, rest = ''): string =>
  `{verbs: [${verbs}], apiGroups: [${groups}], resources: [${resources}]${rest === '' ? '' : `, ${rest}`}}`
const CRD =
  'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: widgets.acme.example}\nspec: {group: acme.example, scope: Namespaced, names: {plural: widgets, kind: Widget, shortNames: [wd]}, versions: [{name: v1, served: true, subresources: {status: {}}}]}\n---\n'
const APISERVICE =
  '---\napiVersion: apiregistration.k8s.io/v1\nkind: APIService\nmetadata: {name: v1.x.example}\nspec: {group: x.example, version: v1}\n'

async function lint(manifests: string, complete = false): Promise<string[]> {
  const estate = await estateFrom({ manifests, complete })
  return lintRbac(indexObjects(estate), 36).map(
    ({ rule: kind, level, path, candidates }) =>
      `${kind} ${level} ${path.join('.')}${candidates.length === 0 ? '' : ` ${candidates.join(',')}`}`,
  )
}

describe('rules', () => {
  it.each<[string, string, string[]]>([
    ['what exists', rule('get, list', '""', 'pods, pods/log'), []],
    [
      'a mistyped resource',
      rule('get', '""', 'pods, podz'),
      ['unknown-resource error rules.0.resources.1 pods'],
    ],
    [
      'a short name',
      rule('get', 'apps', 'deploy'),
      ['unknown-resource error rules.0.resources.0 deployments'],
    ],
    ['a kind', rule('get', '""', 'Pod'), ['unknown-resource error rules.0.resources.0 pods']],
    ['another group', rule('get', '""', 'deployments'), ['wrong-group error rules.0.resources.0']],
    ['one of several groups', rule('get', '"", apps', 'pods, deployments'), []],
    ['a mistyped group', rule('get', 'aps', 'deployments'), ['unknown-group error rules.0.apiGroups.0 apps']],
    [
      'a group with its version',
      rule('get', 'apps/v1', 'deployments'),
      ['unknown-group error rules.0.apiGroups.0 apps'],
    ],
    ['the core group by a name', rule('get', 'core', 'pods'), ['unknown-group error rules.0.apiGroups.0 ""']],
    [
      'a mistyped group that may be one',
      rule('get', 'storage.k8s.oi', 'x'),
      ['unknown-group warning rules.0.apiGroups.0 storage.k8s.io'],
    ],
    ['a group without a dot', rule('get', 'widgets', 'x'), ['unknown-group error rules.0.apiGroups.0']],
    [
      'half a group',
      rule('get', 'networking', 'ingresses'),
      ['unknown-group error rules.0.apiGroups.0 networking.k8s.io'],
    ],
    [
      'a group that is gone',
      rule('get', 'extensions', 'ingresses'),
      ['removed-api warning rules.0.apiGroups.0 networking.k8s.io'],
    ],
    [
      'a resource that is gone',
      rule('use', 'policy', 'podsecuritypolicies'),
      ['removed-api warning rules.0.resources.0'],
    ],
    [
      'a group that nobody told us of',
      rule('get', 'nobody.example', 'things'),
      ['unknown-group hint rules.0.apiGroups.0'],
    ],
    ['the group of another server', rule('get, list', 'metrics.k8s.io', 'pods'), []],
    [
      'a mistyped subresource',
      rule('get', '""', 'pods/logs'),
      ['unknown-subresource error rules.0.resources.0 pods/log'],
    ],
    [
      'a subresource of everything',
      rule('get', 'apps', '"*/scal"'),
      ['unknown-subresource error rules.0.resources.0 */scale'],
    ],
    ['subresources that discovery does not tell', rule('get', '""', 'nodes/stats, nodes/log'), []],
    ['finalizers', rule('update', 'apps', 'deployments/finalizers'), []],
    ['what is no wildcard', rule('get', '""', 'secrets/*'), ['matches-nothing error rules.0.resources.0']],
    [
      'what is no wildcard of everything',
      rule('get', '""', '"*/*"'),
      ['matches-nothing error rules.0.resources.0 *'],
    ],
    [
      'mistyped verbs',
      rule('gett, LIST, read', '""', 'pods'),
      [
        'unknown-verb error rules.0.verbs.0 get',
        'unknown-verb error rules.0.verbs.1 list',
        'unknown-verb error rules.0.verbs.2 get,list,watch',
      ],
    ],
    [
      'a verb that the resource does not have',
      rule('list', '""', 'pods/log'),
      ['verb-not-supported warning rules.0.verbs.0'],
    ],
    ['a verb that one of the resources has', rule('list', '""', 'pods, pods/log'), []],
    ['verbs of impersonation', rule('impersonate', '""', 'users, groups, serviceaccounts'), []],
    [
      'constrained impersonation',
      rule('"impersonate:user-info", "impersonate-on:user-info:list"', 'authentication.k8s.io', 'users'),
      [],
    ],
    ['verbs of roles', rule('bind, escalate', 'rbac.authorization.k8s.io', 'roles, clusterroles'), []],
    [
      'verbs of signers',
      rule('approve, sign', 'certificates.k8s.io', 'signers', 'resourceNames: ["example.com/*"]'),
      [],
    ],
    ['bind on pods', rule('bind', '""', 'pods'), ['verb-not-supported warning rules.0.verbs.0']],
    [
      'names and create',
      rule('create', '""', 'secrets', 'resourceNames: [a]'),
      ['names-never-match error rules.0.resourceNames'],
    ],
    ['names and create of a subresource', rule('create', '""', 'pods/exec', 'resourceNames: [a]'), []],
    [
      'names and list',
      rule('list', '""', 'secrets', 'resourceNames: [a]'),
      ['names-need-selector hint rules.0.resourceNames'],
    ],
    [
      'a pattern as a name',
      rule('get', '""', 'secrets', 'resourceNames: [a, "b-*"]'),
      ['names-never-match error rules.0.resourceNames.1'],
    ],
    ['wildcards', rule('"*"', '""', '"*"'), ['wildcard warning rules.0.verbs.0']],
    [
      'nothing named',
      '{verbs: [], apiGroups: [], resources: []}',
      ['incomplete-rule error rules.0', 'incomplete-rule error rules.0', 'incomplete-rule error rules.0'],
    ],
    [
      'both resources and URLs',
      rule('get', '""', 'pods', 'nonResourceURLs: [/x]'),
      ['incomplete-rule error rules.0'],
    ],
    [
      'URLs',
      '{verbs: [list], nonResourceURLs: [/ok/*, ok, /a/*/b, "*"]}',
      [
        'url-form error rules.0.nonResourceURLs.1 /ok',
        'url-form error rules.0.nonResourceURLs.2',
        'wildcard warning rules.0.nonResourceURLs.3',
        'unknown-verb error rules.0.verbs.0 get',
      ],
    ],
    ['a word that stands twice', rule('get, get', '""', 'pods'), ['duplicate warning rules.0.verbs.1']],
    ['a rule of the wrong type', '{verbs: 5}', ['malformed error rules.0.verbs']],
  ])('%s', async (_name, text, expected) => {
    expect(await lint(clusterRole(text))).toEqual(expected)
  })

  it.each<[string, string[], string[]]>([
    [
      'the same rule twice',
      [rule('get, list', '""', 'pods'), rule('list, get', '""', 'pods')],
      ['duplicate warning rules.1'],
    ],
    [
      'a narrower rule first',
      [rule('get', '""', 'pods'), rule('get, list', '""', 'pods')],
      ['covered warning rules.0'],
    ],
    [
      'a name of what is given anyway',
      [rule('get', '""', 'secrets'), rule('get', '""', 'secrets', 'resourceNames: [a]')],
      ['covered warning rules.1'],
    ],
    [
      'several together',
      [rule('get', '""', 'pods'), rule('list', '""', 'pods'), rule('get, list', '""', 'pods')],
      ['covered warning rules.2'],
    ],
    ['rules that overlap', [rule('get', '""', 'pods, secrets'), rule('get', '""', 'pods, nodes')], []],
  ])('%s', async (_name, rules, expected) => {
    const found = await lint(clusterRole(...rules))
    expect([...found].sort()).toEqual(expected)
  })

  it.each<[string, string, string[]]>([
    [
      'what is in no namespace',
      rule('get', '""', 'nodes, pods'),
      ['cluster-scoped error rules.0.resources.0'],
    ],
    ['its own namespace', rule('get', '""', 'namespaces'), []],
    ['URLs', '{verbs: [get], nonResourceURLs: [/x]}', ['url-in-role error rules.0.nonResourceURLs']],
  ])('of a Role: %s', async (_name, text, expected) => {
    expect(await lint(role(text))).toEqual(expected)
  })

  it('know the definitions of the estate', async () => {
    const named = (resources: string): string => CRD + clusterRole(rule('get', 'acme.example', resources))
    expect(await lint(named('widgets, widgets/status'))).toEqual([])
    expect(await lint(named('wd'))).toEqual(['unknown-resource error rules.0.resources.0 widgets'])
    expect(await lint(named('widgets/scale'))).toEqual(['unknown-subresource error rules.0.resources.0'])
    const foreign = CRD + clusterRole(rule('get', 'other.example', 'things')) + APISERVICE
    expect(await lint(foreign, true)).toEqual(['unknown-group error rules.0.apiGroups.0'])
    const served = CRD + clusterRole(rule('get', 'x.example', 'things')) + APISERVICE
    expect(await lint(served, true)).toEqual([])
  })
})

describe('roles and bindings', () => {
  const binding = (kind: string, ref: string): string =>
    `${RBAC}\nkind: ${kind}\nmetadata: {name: b${kind === 'RoleBinding' ? ', namespace: n' : ''}}\nroleRef: ${ref}\n`
  const lonely = `${RBAC}\nkind: ClusterRole\nmetadata: {name: reader, labels: {a: b}}\nrules: []\n`

  it.each<[string, string, boolean, string[]]>([
    ['unbound in some files', lonely, false, ['unbound-role hint metadata.name']],
    [
      'unbound in a whole cluster',
      `${lonely}---\n${binding('RoleBinding', '{kind: ClusterRole, name: view}')}---\n${binding('ClusterRoleBinding', '{kind: ClusterRole, name: view}')}---\n${RBAC}\nkind: ClusterRole\nmetadata: {name: view}\naggregationRule: {clusterRoleSelectors: []}\n`,
      true,
      ['unbound-role warning metadata.name'],
    ],
    [
      'taken in by another',
      `${lonely}---\n${RBAC}\nkind: ClusterRole\nmetadata: {name: r}\naggregationRule: {clusterRoleSelectors: [{matchLabels: {a: b}}]}\n${BOUND}`,
      false,
      [],
    ],
    [
      'rules beside an aggregation',
      `${RBAC}\nkind: ClusterRole\nmetadata: {name: r}\naggregationRule: {clusterRoleSelectors: []}\nrules: [{}]\n${BOUND}`,
      false,
      ['overwritten error rules'],
    ],
    [
      'a role that was not read',
      binding('RoleBinding', '{kind: Role, name: nobody}'),
      false,
      ['dangling-role hint roleRef.name'],
    ],
    [
      'a mistyped role',
      `${lonely}---\n${binding('ClusterRoleBinding', '{kind: ClusterRole, name: raeder}')}`,
      false,
      ['unbound-role hint metadata.name', 'dangling-role warning roleRef.name reader'],
    ],
    ['a default role', binding('ClusterRoleBinding', '{kind: ClusterRole, name: view}'), false, []],
    [
      'a Role bound to the cluster',
      binding('ClusterRoleBinding', '{kind: Role, name: x}'),
      false,
      ['dangling-role error roleRef.name'],
    ],
    ['no roleRef', binding('ClusterRoleBinding', '5'), false, ['malformed error roleRef']],
  ])('%s', async (_name, manifests, complete, expected) => {
    expect(await lint(manifests, complete)).toEqual(expected)
  })

  it('leaves out what Kubernetes makes', async () => {
    const { defaultAccessObjects } = await import('../default-objects.js')
    for (const version of ['1.33', '1.36', '1.37']) {
      const objects = defaultAccessObjects(version, true) ?? []
      expect(objects.length).toBeGreaterThan(100)
      const estate = { objects, hosts: [], sources: [], problems: [], texts: { read: () => undefined } }
      const found = lintRbac(indexObjects(estate), Number(version.slice(2)))
      expect(found.filter(({ level }) => level !== 'hint')).toEqual([])
    }
  })

  it('never throws', async () => {
    const estate = await estateFrom({ manifests: clusterRole() })
    const [object] = estate.objects
    const word = fc.constantFrom(
      '*',
      '',
      'get',
      'pods',
      '/',
      '__proto__',
      'constructor',
      '*/',
      'a/b/c',
      '""',
      'x'.repeat(300),
    )
    const list = fc.oneof(fc.array(word, { maxLength: 4 }), fc.jsonValue())
    const rules = fc.array(
      fc.record(
        { verbs: list, apiGroups: list, resources: list, resourceNames: list, nonResourceURLs: list },
        { requiredKeys: [] },
      ),
      { maxLength: 4 },
    )
    fc.assert(
      fc.property(rules, (given) => {
        if (object === undefined) throw new Error('no object')
        const one = { ...object, content: { ...object.content, rules: given as unknown as JsonValue } }
        lintRbac(indexObjects({ ...estate, objects: [one] }))
      }),
    )
  })
})
