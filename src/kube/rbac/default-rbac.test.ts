import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject, KubeObject } from '../../model/index.js'
import { allDefaultObjects } from './default-objects.js'
import { defaultRbacOf } from './default-rbac.js'

function objectOf(content: unknown, ref: { kind: string; namespace?: string; name: string }): KubeObject {
  return {
    ref: { group: 'rbac.authorization.k8s.io', version: 'v1', namespace: '', ...ref },
    content: content as JsonObject,
    source: 'export',
    slice: { file: 'x', format: 'json', offset: 0, length: 0, line: 1, column: 1 },
  }
}

interface Given {
  kind: string
  metadata: { name: string; namespace?: string }
}

function fromDefault(object: JsonObject): KubeObject {
  const { kind, metadata } = object as unknown as Given
  return objectOf(object, { kind, name: metadata.name, namespace: metadata.namespace ?? '' })
}

const GROUP = 'rbac.authorization.k8s.io'

describe('defaultRbacOf', () => {
  it('finds every default object of every version unchanged', () => {
    for (const { minor, objects, owner } of allDefaultObjects()) {
      for (const object of objects) {
        const given = fromDefault(object)
        const own = Number(minor.split('.')[1])
        const want = { owner, state: 'unchanged', differences: [] }
        expect(defaultRbacOf(given, own), `${minor} ${given.ref.name}`).toMatchObject(want)
        expect(defaultRbacOf(given), `any ${given.ref.name}`).toMatchObject({ state: 'unchanged' })
      }
    }
  })

  it('knows a leftover rule of an earlier version, and takes a rule of a later one as added', () => {
    const older = allDefaultObjects().find((each) => each.minor === '1.33')
    for (const object of older?.objects ?? []) {
      expect(defaultRbacOf(fromDefault(object), 37)?.addedRules ?? []).toEqual([])
    }
    const newer = allDefaultObjects().find((each) => each.minor === '1.37')
    const seen = (newer?.objects ?? []).map((object) => defaultRbacOf(fromDefault(object), 33))
    expect(seen.some((each) => each === undefined || each.addedRules.length > 0)).toBe(true)
  })

  it.each([
    [
      'a rule that no default has',
      { rules: [{ verbs: ['get'], apiGroups: [''], resources: ['secrets'] }] },
      { kind: 'ClusterRole', name: 'system:basic-user' },
      { state: 'changed', addedRules: [{ path: ['rules', 0] }] },
    ],
    [
      'a subject that the default does not have',
      {
        roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name: 'cluster-admin' },
        subjects: [
          { kind: 'Group', apiGroup: GROUP, name: 'system:masters' },
          { kind: 'User', apiGroup: GROUP, name: 'mallory' },
        ],
      },
      { kind: 'ClusterRoleBinding', name: 'cluster-admin' },
      { state: 'changed', addedSubjects: [{ name: 'mallory' }] },
    ],
    [
      'another role',
      {
        roleRef: { apiGroup: GROUP, kind: 'ClusterRole', name: 'cluster-admin' },
        subjects: [{ kind: 'Group', apiGroup: GROUP, name: 'system:unauthenticated' }],
      },
      { kind: 'ClusterRoleBinding', name: 'system:public-info-viewer' },
      { state: 'changed', addedSubjects: [{ name: 'system:unauthenticated' }] },
    ],
    ['wrong types', { rules: 7 }, { kind: 'ClusterRole', name: 'view' }, { state: 'changed' }],
  ])('%s', (_name, content, ref, expected) => {
    expect(defaultRbacOf(objectOf(content, ref), 36)).toMatchObject(expected)
  })

  it('says nothing about names that nobody makes by default', () => {
    expect(defaultRbacOf(objectOf({}, { kind: 'ClusterRole', name: 'deployer' }))).toBeUndefined()
    expect(defaultRbacOf(objectOf({}, { kind: 'ClusterRole', name: '__proto__' }))).toBeUndefined()
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.anything(), fc.constantFrom('ClusterRole', 'ClusterRoleBinding'), (content, kind) => {
        const name = kind === 'ClusterRole' ? 'view' : 'cluster-admin'
        defaultRbacOf(objectOf(content, { kind, name }))
      }),
    )
  })
})
