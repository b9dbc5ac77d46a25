import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recordedObjects } from '../../test/conformance/recorded-objects.js'
import type { Estate } from '../model/index.js'
import { accessDifference } from './difference/index.js'
import { createAuthorizer, type Access } from './create-authorizer.js'
import { subjectUser } from './identity/index.js'
import { askedBy, holderOf, resourceQuestion, type Holder, type Question } from './questions/index.js'

const GROUP = 'rbac.authorization.k8s.io/v1'
const pick = (...values: string[]) => fc.constantFrom(...values)
const some = (...values: string[]) => fc.uniqueArray(pick(...values), { minLength: 1, maxLength: 2 })
const rule = fc.record({
  verbs: some('*', 'get', 'list', 'create', 'bind', 'impersonate'),
  apiGroups: some('*', '', 'apps'),
  resources: some('*', '*/log', 'pods', 'pods/log', 'secrets', 'users'),
  resourceNames: fc.uniqueArray(pick('a', 'b'), { maxLength: 1 }),
})
const subject = fc.oneof(
  fc.record({ kind: fc.constant('User'), name: pick('alice', 'bob') }),
  fc.record({ kind: fc.constant('Group'), name: pick('devs', 'system:serviceaccounts') }),
  fc.record({ kind: fc.constant('ServiceAccount'), name: pick('a', 'b'), namespace: pick('x', 'y') }),
)
const NAMES = ['r1', 'r2', 'r3']
const object = fc
  .record({
    kind: pick('ClusterRole', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding'),
    name: pick(...NAMES),
    namespace: pick('x', 'y'),
    rules: fc.array(rule, { maxLength: 2 }),
    subjects: fc.array(subject, { maxLength: 2 }),
    role: pick(...NAMES),
  })
  .map(({ kind, name, namespace, rules, subjects, role }) => ({
    apiVersion: GROUP,
    kind,
    metadata: kind.startsWith('Cluster') ? { name } : { name, namespace },
    ...(kind.endsWith('Binding') ? { subjects, roleRef: { kind: 'ClusterRole', name: role } } : { rules }),
  }))
const cluster = fc.uniqueArray(object, {
  maxLength: 10,
  selector: ({ kind, metadata }) => JSON.stringify([kind, metadata]),
})
const question: fc.Arbitrary<Question> = fc
  .record({
    verb: pick('get', 'list', 'create'),
    group: pick('', 'apps'),
    resource: pick('pods', 'secrets'),
    subresource: pick('', 'log'),
    namespace: pick('', 'x', 'y'),
    name: pick('', 'a'),
  })
  .map(resourceQuestion)

function accessTo(objects: readonly object[]): Access {
  const estate: Estate = {
    objects: recordedObjects(objects),
    hosts: [],
    sources: [],
    problems: [],
    texts: { read: () => undefined },
  }
  return createAuthorizer(estate)
}

function userOf({ kind, name, namespace }: Omit<Holder, 'grants'>) {
  if (kind === 'ServiceAccount') return subjectUser(`system:serviceaccount:${namespace}:${name}`)
  return kind === 'Group' ? subjectUser('somebody', [name]) : subjectUser(name)
}

/** Every user, group and account that any binding names. */
function everybody({ rbac }: Access): Omit<Holder, 'grants'>[] {
  return [...(rbac?.policy.clusterRoleBindings ?? []), ...(rbac?.policy.roleBindings ?? [])].flatMap(
    (binding) => binding.subjects.flatMap((_each, position) => holderOf(binding, position) ?? []),
  )
}

describe('createAuthorizer', () => {
  it('names in who-can exactly those whom can-i allows', () => {
    fc.assert(
      fc.property(cluster, question, (objects, asked) => {
        const access = accessTo(objects)
        const { holders } = access.whoCan(asked)
        for (const holder of holders) {
          expect(access.decide(askedBy(userOf(holder), asked)).verdict).toBe('allow')
          expect(holder.grants.length).toBeGreaterThan(0)
        }
        const named = new Set(holders.map(({ kind, namespace, name }) => `${kind} ${namespace} ${name}`))
        for (const other of everybody(access)) {
          if (named.has(`${other.kind} ${other.namespace} ${other.name}`)) continue
          const user = userOf(other)
          const viaGroup = user.groups.some((group) => named.has(`Group  ${group}`))
          expect(access.decide(askedBy(user, asked)).verdict === 'allow').toBe(viaGroup)
        }
      }),
      { numRuns: 300 },
    )
  })

  it('lists rights from which each decision follows', () => {
    fc.assert(
      fc.property(cluster, question, pick('alice', 'system:serviceaccount:x:a'), (objects, asked, name) => {
        const access = accessTo(objects)
        const user = subjectUser(name)
        if (asked.kind !== 'resource') return
        const { rules } = access.rulesFor(user, asked.namespace)
        const combined = asked.subresource === '' ? asked.resource : `${asked.resource}/${asked.subresource}`
        const listed = rules.some(
          ({ verbs, apiGroup, resource, resourceName }) =>
            (verbs.includes('*') || verbs.includes(asked.verb)) &&
            (apiGroup === '*' || apiGroup === asked.group) &&
            (resource === '*' ||
              resource === combined ||
              (asked.subresource !== '' && resource === `*/${asked.subresource}`)) &&
            (resourceName === undefined || resourceName === asked.name),
        )
        expect(access.decide(askedBy(user, asked)).verdict === 'allow').toBe(listed)
      }),
      { numRuns: 300 },
    )
  })

  it('tells of every decision that a change turns who gained or lost', () => {
    fc.assert(
      fc.property(cluster, cluster, question, (before, after, asked) => {
        const old = accessTo(before)
        const now = accessTo(after)
        const difference = accessDifference(old, now)
        for (const subject of [...everybody(old), ...everybody(now)]) {
          const verdicts = [old, now].map((access) => access.decide(askedBy(userOf(subject), asked)).verdict)
          if (verdicts[0] === verdicts[1]) continue
          // Groups that everybody of a kind is in are told of themselves.
          const groups = new Set(userOf(subject).groups)
          const concerned = difference.subjects.filter(
            (each) =>
              (each.subject.kind === subject.kind &&
                each.subject.name === subject.name &&
                each.subject.namespace === subject.namespace) ||
              (each.subject.kind === 'Group' && groups.has(each.subject.name)),
          )
          const changed = concerned.flatMap((each) => (verdicts[1] === 'allow' ? each.gained : each.lost))
          expect(changed.length).toBeGreaterThan(0)
        }
        expect(accessDifference(old, old)).toEqual({ escalations: [], escalationsGone: [], subjects: [] })
      }),
      { numRuns: 200 },
    )
  })

  it('explains a refusal or a grant without ever throwing', async () => {
    await fc.assert(
      fc.asyncProperty(cluster, question, async (objects, asked) => {
        const access = accessTo(objects)
        const { decision, grants, misses } = await access.explain(askedBy(subjectUser('alice'), asked))
        expect(grants.length > 0).toBe(decision.verdict === 'allow')
        if (decision.verdict === 'allow') expect(misses).toEqual([])
      }),
      { numRuns: 200 },
    )
  })
})
