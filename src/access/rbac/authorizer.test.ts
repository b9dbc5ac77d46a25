import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { naiveRbac } from '../../../test/reference/naive-rbac.js'
import { recordedObjects } from '../../../test/conformance/recorded-objects.js'
import type { Attributes, User } from '../attributes.js'
import { createRbacAuthorizer } from './authorizer.js'

const user = (name: string, ...groups: string[]): User => ({ name, uid: '', groups, extra: new Map() })
const GROUP = 'rbac.authorization.k8s.io/v1'

const pick = (...values: string[]) => fc.constantFrom(...values)
const some = (...values: string[]) => fc.uniqueArray(pick(...values), { maxLength: 3 })
const NAMES = ['a', 'b', 'c']
const NAMESPACES = ['x', 'y']
const rule = fc.record({
  verbs: some('*', 'get', 'list', 'create'),
  apiGroups: some('*', '', 'apps'),
  resources: some('*', '*/*', '*/log', 'pods', 'pods/log', 'pods/*', 'deployments'),
  resourceNames: some('web', 'db'),
  nonResourceURLs: some('*', '/a', '/a*', '/a/**', '/a*b'),
})
const subject = fc.record(
  {
    kind: pick('User', 'Group', 'ServiceAccount', 'Robot'),
    name: pick(...NAMES, 'system:serviceaccount:x:a'),
    namespace: pick('', ...NAMESPACES),
  },
  { requiredKeys: ['kind', 'name'] },
)
const object = fc
  .record({
    kind: pick('Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'),
    name: pick(...NAMES),
    namespace: pick(...NAMESPACES),
    rules: fc.array(rule, { maxLength: 3 }),
    subjects: fc.array(subject, { maxLength: 3 }),
    roleRef: fc.record({ kind: pick('Role', 'ClusterRole', 'Other'), name: pick(...NAMES) }),
  })
  .map(({ kind, name, namespace, rules, subjects, roleRef }) => ({
    apiVersion: GROUP,
    kind,
    metadata: kind.startsWith('Cluster') ? { name } : { name, namespace },
    ...(kind.endsWith('Binding') ? { subjects, roleRef } : { rules }),
  }))
const objects = fc.uniqueArray(object, {
  maxLength: 14,
  selector: ({ kind, metadata }) => JSON.stringify([kind, metadata]),
})
const who = fc
  .tuple(pick(...NAMES, 'system:serviceaccount:x:a', 'system:serviceaccount:y:b'), some(...NAMES))
  .map(([name, groups]) => user(name, ...groups))
const attributes: fc.Arbitrary<Attributes> = fc.oneof(
  fc.record({
    kind: fc.constant('nonResource' as const),
    user: who,
    verb: pick('get', 'post'),
    path: pick('/a', '/a/b', '/ab', '/', '/a*b'),
  }),
  fc.record({
    kind: fc.constant('resource' as const),
    user: who,
    verb: pick('get', 'list', 'create', 'delete'),
    namespace: pick('', ...NAMESPACES),
    group: pick('', 'apps'),
    version: fc.constant('v1'),
    resource: pick('pods', 'deployments', '*'),
    subresource: pick('', 'log', '*'),
    name: pick('', 'web'),
    fieldSelector: fc.constant([]),
    labelSelector: fc.constant([]),
  }),
)

describe('the RBAC authorizer', () => {
  it('agrees with one that visits every binding and every rule', () => {
    fc.assert(
      fc.property(objects, fc.array(attributes, { minLength: 1, maxLength: 20 }), (given, questions) => {
        const all = recordedObjects(given)
        const authorizer = createRbacAuthorizer(all)
        for (const question of questions) {
          const decision = authorizer.authorize(question)
          const naive = naiveRbac(all, question)
          expect(decision.verdict === 'allow').toBe(naive.allowed)
          const grant = decision.grant?.kind === 'rbac' ? decision.grant : undefined
          expect(grant?.binding.ref.name).toBe(naive.binding)
          expect(authorizer.grantsFor(question)[0]).toEqual(grant)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('never throws, whatever the objects hold', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'),
        fc.anything(),
        attributes,
        (kind, body, question) => {
          const content =
            typeof body === 'object' && body !== null ? body : { rules: body, subjects: body, roleRef: body }
          const all = recordedObjects([
            { ...content, apiVersion: GROUP, kind, metadata: { name: 'a', namespace: 'x' } },
          ])
          createRbacAuthorizer(all).authorize(question)
        },
      ),
    )
  })

  const role = (name: string, labels: Record<string, string>, more: object) => ({
    apiVersion: GROUP,
    kind: 'ClusterRole',
    metadata: { name, labels },
    ...more,
  })
  const aggregates = (label: string) => ({
    aggregationRule: { clusterRoleSelectors: [{ matchLabels: { [label]: 'true' } }] },
  })
  const rules = (resource: string) => ({
    rules: [{ verbs: ['get'], apiGroups: [''], resources: [resource] }],
  })
  const bind = (name: string) => ({
    apiVersion: GROUP,
    kind: 'ClusterRoleBinding',
    metadata: { name: 'b' },
    subjects: [{ kind: 'User', name: 'a' }],
    roleRef: { kind: 'ClusterRole', name },
  })
  const get = (resource: string): Attributes => ({
    kind: 'resource',
    user: user('a'),
    verb: 'get',
    namespace: '',
    group: '',
    version: 'v1',
    resource,
    subresource: '',
    name: '',
    fieldSelector: [],
    labelSelector: [],
  })

  it('computes aggregated roles of manifests, through two levels, and names the object that holds the rule', () => {
    const given = recordedObjects([
      role(
        'admin',
        {},
        { ...aggregates('to-admin'), rules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }] },
      ),
      role('edit', { 'to-admin': 'true' }, aggregates('to-edit')),
      role('part', { 'to-edit': 'true' }, rules('pods')),
      bind('admin'),
    ]).map((each) => ({ ...each, source: 'manifest' as const }))
    const authorizer = createRbacAuthorizer(given)
    expect(authorizer.authorize(get('pods'))).toMatchObject({
      verdict: 'allow',
      grant: { role: { ref: { name: 'admin' } }, ruleIn: { ref: { name: 'part' } }, rule: 0 },
    })
    // What the file writes into an aggregated role is replaced.
    expect(authorizer.authorize(get('secrets')).verdict).toBe('noOpinion')
  })

  it('keeps the rules of a running cluster and adds those of files', () => {
    const live = recordedObjects([
      role('admin', {}, { ...aggregates('to-admin'), ...rules('nodes') }),
      bind('admin'),
    ])
    const files = recordedObjects([role('part', { 'to-admin': 'true' }, rules('pods'))])
    const authorizer = createRbacAuthorizer([
      ...live,
      ...files.map((each) => ({ ...each, source: 'manifest' as const })),
    ])
    expect(authorizer.authorize(get('nodes')).verdict).toBe('allow')
    expect(authorizer.authorize(get('pods')).verdict).toBe('allow')
  })

  it('ends on aggregations in a circle', () => {
    const given = recordedObjects([
      role('one', { two: 'true' }, { ...aggregates('one'), ...rules('pods') }),
      role('two', { one: 'true' }, aggregates('two')),
      bind('two'),
    ]).map((each) => ({ ...each, source: 'manifest' as const }))
    expect(() => createRbacAuthorizer(given).authorize(get('pods'))).not.toThrow()
  })
})
