import { describe, expect, it } from 'vitest'
import { readBinding, type BindingSubject } from '../../kube/index.js'
import type { JsonObject, KubeObject } from '../../model/index.js'
import { removeSubject } from './remove-subject.js'

function binding(source: KubeObject['source'], name: string, subjects: JsonObject[]): KubeObject {
  return {
    ref: { group: 'rbac.authorization.k8s.io', version: 'v1', kind: 'RoleBinding', namespace: 'shop', name },
    content: { roleRef: { kind: 'Role', name: 'r' }, subjects },
    source,
    slice: { file: 'shop.yaml', format: 'yaml', offset: 0, length: 0, line: 1, column: 1 },
  }
}

const user = (name: string): JsonObject => ({ kind: 'User', name })

function fixOf(object: KubeObject, at: number) {
  return removeSubject(object, readBinding(object).subjects[at] as BindingSubject, 'nothing')
}

describe('removeSubject', () => {
  it('edits a manifest', () => {
    const object = binding('manifest', 'b', [user('alice'), user('bob')])
    expect(fixOf(object, 1).edits).toEqual([
      { file: 'shop.yaml', object: object.ref, op: 'remove', path: ['subjects', 1] },
    ])
  })

  it('deletes a binding of a cluster with its last subject', () => {
    expect(fixOf(binding('export', 'b', [user('alice')]), 0).commands).toEqual([
      'kubectl delete rolebinding -n shop -- b',
    ])
  })

  it('patches a binding of a cluster, and makes sure that the subject still stands there', () => {
    const { commands } = fixOf(binding('export', 'b', [user('alice'), user('bob')]), 1)
    expect(commands).toEqual([
      `kubectl patch rolebinding -n shop --type=json -p '[{"op":"test","path":"/subjects/1/name","value":"bob"},{"op":"remove","path":"/subjects/1"}]' -- b`,
    ])
  })

  it('keeps a hostile name in one word', () => {
    expect(fixOf(binding('export', "b'; rm -rf /", [user('alice')]), 0).commands).toEqual([
      `kubectl delete rolebinding -n shop -- 'b'\\''; rm -rf /'`,
    ])
  })
})
