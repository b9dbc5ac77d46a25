import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonValue, KubeObject } from '../model/index.js'
import { isAwsAuth, readAwsAuth } from './aws-auth.js'

const map = (data: JsonValue): KubeObject => ({
  ref: { group: '', version: 'v1', kind: 'ConfigMap', namespace: 'kube-system', name: 'aws-auth' },
  content: { kind: 'ConfigMap', data },
  source: 'manifest',
  slice: { file: 'f', format: 'yaml', offset: 0, length: 0, line: 1, column: 1 },
})

describe('aws-auth', () => {
  it('gives entries and accounts', () => {
    const object = map({
      mapRoles:
        '- rolearn: arn:aws:iam::1:role/node\n  username: node\n  groups: [system:nodes]\n- RoleARN: b\n',
      mapUsers: '[]',
      mapAccounts: '- "123"\n- 456\n',
    })
    expect(isAwsAuth(object)).toBe(true)
    expect(readAwsAuth(object)).toEqual({
      mappings: [
        { key: 'mapRoles', arn: 'arn:aws:iam::1:role/node', username: 'node', groups: ['system:nodes'] },
        { key: 'mapRoles', arn: 'b', username: '', groups: [] },
      ],
      accounts: ['123', '456'],
      unreadable: [],
    })
  })

  it.each<[string, JsonValue, number]>([
    ['no YAML', { mapRoles: '- a: [' }, 1],
    ['a mapping', { mapRoles: 'rolearn: x' }, 1],
    ['no text', { mapUsers: [] }, 1],
    ['an entry without an identity', { mapRoles: '- username: a' }, 1],
    ['nothing', {}, 0],
    ['an empty text', { mapRoles: '' }, 0],
  ])('%s', (_name, data, unreadable) => {
    expect(readAwsAuth(map(data)).unreadable).toHaveLength(unreadable)
  })

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (text, value) => {
        readAwsAuth(map({ mapRoles: text, mapUsers: JSON.stringify(value), mapAccounts: text }))
        readAwsAuth(map(value))
      }),
    )
  })
})
