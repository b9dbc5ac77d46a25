import { describe, expect, it } from 'vitest'
import { REDACTED, type JsonObject } from '../../model/index.js'
import { redactObject, refOf } from './index.js'

const secret = (more: JsonObject): JsonObject => ({
  apiVersion: 'v1',
  kind: 'Secret',
  metadata: { name: 's' },
  ...more,
})
const applied = 'kubectl.kubernetes.io/last-applied-configuration'

describe('redactObject', () => {
  it.each<[string, JsonObject, JsonObject]>([
    [
      'values of a Secret',
      secret({ data: { a: 'eA==' }, stringData: { b: 'x' }, type: 'Opaque' }),
      secret({ data: { a: REDACTED }, stringData: { b: REDACTED }, type: 'Opaque' }),
    ],
    [
      'a Helm release',
      secret({ data: { release: 'SDRz' }, type: 'helm.sh/release.v1' }),
      secret({ data: { release: REDACTED }, type: 'helm.sh/release.v1' }),
    ],
    [
      'when a bootstrap token ends and what it is for stays, nothing else',
      secret({
        type: 'bootstrap.kubernetes.io/token',
        data: {
          'token-secret': 'MDEyMzQ1Njc4OWFiY2RlZg==',
          expiration: 'MjAyNi0xMS0yNlQxMDowMDowMFo=',
          'usage-bootstrap-signing': 'MDEyMzQ1Njc4OWFiY2RlZg==',
        },
        stringData: {
          'usage-bootstrap-authentication': 'true',
          expiration: 'hunter2',
          'token-id': 'abcdef',
        },
      }),
      secret({
        type: 'bootstrap.kubernetes.io/token',
        data: {
          'token-secret': REDACTED,
          expiration: 'MjAyNi0xMS0yNlQxMDowMDowMFo=',
          'usage-bootstrap-signing': REDACTED,
        },
        stringData: {
          'usage-bootstrap-authentication': 'true',
          expiration: REDACTED,
          'token-id': REDACTED,
        },
      }),
    ],
    [
      'a Secret of another type with those keys',
      secret({ data: { expiration: 'MjAyNi0xMS0yNlQxMDowMDowMFo=' }, type: 'Opaque' }),
      secret({ data: { expiration: REDACTED }, type: 'Opaque' }),
    ],
    ['data of a wrong type', secret({ data: 'oops' }), secret({ data: REDACTED })],
    ['data that is a list', secret({ data: ['x'] }), secret({ data: REDACTED })],
    [
      'the applied copy of any object',
      { kind: 'Pod', metadata: { annotations: { [applied]: '{"x": "hunter2"}', other: 'kept' } } },
      { kind: 'Pod', metadata: { annotations: { [applied]: REDACTED, other: 'kept' } } },
    ],
    [
      'managed fields',
      { kind: 'Pod', metadata: { name: 'a', managedFields: [{ manager: 'kubectl' }] } },
      { kind: 'Pod', metadata: { name: 'a' } },
    ],
    [
      'a kubeconfig',
      {
        apiVersion: 'v1',
        kind: 'Config',
        users: [{ name: 'u', user: { token: 'x', 'client-key-data': 'y', 'client-certificate-data': 'z' } }],
      },
      {
        apiVersion: 'v1',
        kind: 'Config',
        users: [
          {
            name: 'u',
            user: { token: REDACTED, 'client-key-data': REDACTED, 'client-certificate-data': 'z' },
          },
        ],
      },
    ],
    [
      'keys of etcd encryption',
      {
        apiVersion: 'apiserver.config.k8s.io/v1',
        kind: 'EncryptionConfiguration',
        resources: [
          { resources: ['secrets'], providers: [{ aescbc: { keys: [{ name: 'k', secret: 'x' }] } }] },
        ],
      },
      {
        apiVersion: 'apiserver.config.k8s.io/v1',
        kind: 'EncryptionConfiguration',
        resources: [
          { resources: ['secrets'], providers: [{ aescbc: { keys: [{ name: 'k', secret: REDACTED }] } }] },
        ],
      },
    ],
  ])('takes out %s', (_name, given, expected) => {
    const before = structuredClone(given)
    expect(redactObject(given)).toEqual(expected)
    expect(given).toEqual(before)
  })

  it('gives an object with nothing to take out back as it is', () => {
    const object = {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { annotations: { a: 'b' } },
      data: { a: 'b' },
    }
    expect(redactObject(object)).toBe(object)
  })

  it('keeps keys named `__proto__` as data', () => {
    const given = JSON.parse('{"apiVersion":"v1","kind":"Secret","data":{"__proto__":"x"}}') as JsonObject
    expect(JSON.stringify(redactObject(given))).toBe(
      '{"apiVersion":"v1","kind":"Secret","data":{"__proto__":"[redacted]"}}',
    )
  })
})

describe('refOf', () => {
  it.each([
    [
      { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'a', namespace: 'b' } },
      ['apps', 'v1', 'Deployment', 'b', 'a'],
    ],
    [{ apiVersion: 'v1', kind: 'Node', metadata: { name: 'a' } }, ['', 'v1', 'Node', '', 'a']],
    [{ apiVersion: 1, kind: null, metadata: [] }, ['', '', '', '', '']],
  ])('names %j', (content, expected) => {
    const { group, version, kind, namespace, name } = refOf(content)
    expect([group, version, kind, namespace, name]).toEqual(expected)
  })
})
