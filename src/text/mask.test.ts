import { describe, expect, it } from 'vitest'
import fc from 'fast-check'
import { MASK, maskLine, maskText } from './mask.js'

describe('maskLine', () => {
  it.each([
    ['  password: hunter2', `  password: ${MASK}`],
    ['"password": "hun ter2",', `"password": ${MASK},`],
    ['DB_PASSWORD=hunter2', `DB_PASSWORD=${MASK}`],
    ['  - --oidc-client-secret=abc', `  - --oidc-client-secret=${MASK}`],
    ['    token: eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.c2ln', `    token: ${MASK}`],
    ['args: ["--db=postgres://app:s3cret@db/x"]', `args: ["--db=postgres://app:${MASK}@db/x"]`],
    ['client-key-data: LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVk', `client-key-data: ${MASK}`],
    ['x: AKIAIOSFODNN7EXAMPLE', `x: ${MASK}`],
    ['kubeadm join --token abcdef.0123456789abcdef', `kubeadm join --token ${MASK}`],
    ['note: Zm9vYmFyYmF6cXV4MTIzNDU2Nzg5MGFiY2RlZg==', `note: ${MASK}`],
  ])('masks %s', (line, masked) => expect(maskLine(line)).toBe(masked))

  it.each([
    'automountServiceAccountToken: false',
    '  secretName: web-tls',
    '  - --anonymous-auth=true',
    '  - --token-auth-file=/etc/kubernetes/tokens.csv',
    '  image: registry.example/app@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
    '  uid: 6f1f6b7e-3c1e-4a55-9d8e-0f7b7f9a2b11',
    '  name: kubernetes-dashboard-certs-for-the-production-cluster-in-frankfurt',
    '  hostPath: /var/lib/kubelet/plugins_registry/some-very-long-path/with/many/parts',
    '    secretKeyRef:',
  ])('leaves %s', (line) => expect(maskLine(line)).toBe(line))

  it('never throws and keeps sentences readable', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => typeof maskLine(text) === 'string'))
    expect(maskText('the token: is mounted')).toBe('the token: is mounted')
  })
})
