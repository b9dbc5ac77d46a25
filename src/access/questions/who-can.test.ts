import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { recordedObjects } from '../../../test/conformance/recorded-objects.js'
import { asList, field, type Estate } from '../../model/index.js'
import type { User } from '../attributes.js'
import { createAuthorizer, type Access } from '../create-authorizer.js'
import { defaultAccessObjects } from '../default-objects.js'
import { subjectUser } from '../identity/index.js'
import { askedBy, resourceQuestion, type Holder, type Question } from './index.js'

const FOLDER = 'test/conformance/data/recorded-cluster/objects'
const recorded = readdirSync(FOLDER).flatMap((name) => {
  const bytes = readFileSync(path.join(FOLDER, name))
  const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
  return recordedObjects(asList(field(JSON.parse(text), 'items')))
})
const ABAC = [
  '{"apiVersion":"abac.authorization.kubernetes.io/v1beta1","kind":"Policy","spec":{"user":"erin","group":"ops","namespace":"*","resource":"secrets","apiGroup":""}}',
  '{"apiVersion":"abac.authorization.kubernetes.io/v1beta1","kind":"Policy","spec":{"group":"system:serviceaccounts:monitoring","namespace":"*","resource":"pods","apiGroup":"","readonly":true}}',
  '{"user":"frank","nonResourcePath":"/metrics"}',
].join('\n')

function accessTo(objects: Estate['objects'], chain: Parameters<typeof createAuthorizer>[1]): Access {
  return createAuthorizer(
    { objects, hosts: [], sources: [], problems: [], texts: { read: () => undefined } },
    chain,
  )
}

const QUESTIONS: readonly Question[] = [
  ...['get', 'list', 'create', 'delete', 'impersonate', '*'].flatMap((verb) =>
    ['secrets', 'pods', 'configmaps', 'nodes', 'serviceaccounts', 'users', '*'].flatMap((resource) =>
      ['', 'kube-system', 'monitoring'].map((namespace) => resourceQuestion({ verb, resource, namespace })),
    ),
  ),
  resourceQuestion({ verb: 'get', resource: 'pods', subresource: 'log', namespace: 'monitoring' }),
  resourceQuestion({ verb: 'create', resource: 'pods', subresource: 'exec', namespace: 'kube-system' }),
  resourceQuestion({
    verb: 'get',
    resource: 'leases',
    group: 'coordination.k8s.io',
    name: 'kube-scheduler',
    namespace: 'kube-system',
  }),
  resourceQuestion({ verb: 'update', resource: 'deployments', group: 'apps', namespace: 'default' }),
  { kind: 'nonResource', verb: 'get', path: '/metrics' },
  { kind: 'nonResource', verb: 'get', path: '/healthz' },
  { kind: 'nonResource', verb: 'post', path: '/' },
]

/** The holder as somebody who makes requests; of a group, a member that nothing else names. */
function userOf({ kind, name, namespace, alsoInGroup }: Holder): User {
  const groups = alsoInGroup === undefined ? [] : [alsoInGroup]
  if (kind === 'ServiceAccount') return subjectUser(`system:serviceaccount:${namespace}:${name}`)
  if (kind === 'Group') return { name: 'nobody-else', uid: '', groups: [name], extra: new Map() }
  return subjectUser(kind === 'Everybody' ? 'nobody-else' : name, groups)
}

/** Users and accounts: those of the bindings, those of the cluster, and a thousand that nothing names. */
function manyUsers({ rbac, objects }: Access): User[] {
  const names = new Set<string>(['alice', 'bob', 'erin', 'frank', 'system:anonymous'])
  for (const { subjects } of [
    ...(rbac?.policy.clusterRoleBindings ?? []),
    ...(rbac?.policy.roleBindings ?? []),
  ]) {
    for (const { kind, name } of subjects) if (kind === 'User') names.add(name)
  }
  for (const { ref } of objects) {
    if (ref.kind === 'ServiceAccount') names.add(`system:serviceaccount:${ref.namespace}:${ref.name}`)
    if (ref.kind === 'Node') names.add(`system:node:${ref.name}`)
  }
  for (let index = 0; index < 1000; index++) {
    names.add(index % 2 === 0 ? `user-${index}` : `system:serviceaccount:ns-${index % 7}:account-${index}`)
  }
  return [...names].map((name) => subjectUser(name))
}

describe('who-can and can-i', () => {
  const defaults = defaultAccessObjects('1.36', true) ?? []
  it.each([
    ['the recorded cluster', accessTo(recorded, ['Node', 'RBAC'])],
    [
      'with a policy file',
      accessTo(recorded, ['Node', { type: 'ABAC', text: ABAC, file: 'abac.jsonl' }, 'RBAC']),
    ],
    ['a fresh cluster of kubeadm', accessTo(defaults, ['Node', 'RBAC'])],
    ['AlwaysAllow', accessTo([], ['AlwaysAllow'])],
    ['AlwaysDeny', accessTo([], ['AlwaysDeny', 'RBAC'])],
  ])('agree about everybody who is named, and about 1,000 others: %s', (_name, access) => {
    const users = manyUsers(access)
    let named = 0
    const wrong: unknown[] = []
    for (const question of QUESTIONS) {
      const { holders } = access.whoCan(question)
      const has = (kind: Holder['kind'], name: string, namespace = ''): boolean =>
        holders.some(
          (each) =>
            each.kind === kind &&
            each.name === name &&
            each.namespace === namespace &&
            each.alsoInGroup === undefined,
        )
      for (const holder of holders) {
        named++
        const { verdict } = access.decide(askedBy(userOf(holder), question))
        if (verdict !== 'allow') wrong.push({ question, holder })
      }
      for (const user of users) {
        const [, namespace = '', account = ''] =
          /^system:serviceaccount:([^:]+):([^:]+)$/.exec(user.name) ?? []
        const expected =
          has('Everybody', '') ||
          has('User', user.name) ||
          (account !== '' && has('ServiceAccount', account, namespace)) ||
          user.groups.some((group) => has('Group', group))
        const allowed = access.decide(askedBy(user, question)).verdict === 'allow'
        if (allowed !== expected) wrong.push({ question, user: user.name, allowed })
      }
    }
    expect(wrong).toEqual([])
    expect(named).toBeGreaterThanOrEqual(QUESTIONS.length)
  })
})
