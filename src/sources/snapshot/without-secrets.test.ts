import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../model/index.js'
import { withoutSecrets } from './without-secrets.js'

describe('withoutSecrets', () => {
  it.each<[string, JsonObject, JsonObject]>([
    [
      'values of a Secret',
      { kind: 'Secret', data: { a: 'eA==' } },
      { kind: 'Secret', data: { a: '[redacted]' } },
    ],
    [
      'literal environment',
      {
        env: [
          { name: 'A', value: 'x y' },
          { name: 'B', value: 'true' },
          { name: 'C', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
        ],
      },
      {
        env: [
          { name: 'A', value: '[redacted]' },
          { name: 'B', value: 'true' },
          { name: 'C', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
        ],
      },
    ],
    [
      'arguments',
      { args: ['--port=80', '--token', 'abc', '--db-password=xyz', 'serve'] },
      { args: ['--port=80', '--token', '[redacted]', '--db-password=[redacted]', 'serve'] },
    ],
    [
      'annotations of others',
      {
        metadata: {
          annotations: { 'acme.example/note': 'free', 'nginx.ingress.kubernetes.io/auth-url': 'https://a' },
        },
      },
      {
        metadata: {
          annotations: {
            'acme.example/note': '[redacted]',
            'nginx.ingress.kubernetes.io/auth-url': 'https://a',
          },
        },
      },
    ],
    [
      'data of ConfigMaps',
      { kind: 'ConfigMap', metadata: { name: 'app' }, data: { a: 'text', b: 'true' } },
      { kind: 'ConfigMap', metadata: { name: 'app' }, data: { a: '[redacted]', b: 'true' } },
    ],
    [
      'settings of components',
      {
        kind: 'ConfigMap',
        metadata: { name: 'kubelet-config' },
        data: { kubelet: 'readOnlyPort: 0\ntoken: abc\n' },
      },
      {
        kind: 'ConfigMap',
        metadata: { name: 'kubelet-config' },
        data: { kubelet: "readOnlyPort: 0\ntoken: '[redacted]'\n" },
      },
    ],
  ])('%s', (_name, content, expected) => expect(withoutSecrets(content)).toEqual(expected))

  it('keeps the key __proto__ as data', () => {
    const content = JSON.parse('{"spec":{"__proto__":{"a":1}}}') as JsonObject
    expect(JSON.stringify(withoutSecrets(content))).toBe('{"spec":{"__proto__":{"a":1}}}')
  })
})
