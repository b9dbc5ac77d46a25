import { describe, expect, it } from 'vitest'
import type { KubeObject } from '../../model/index.js'
import { coversNamespace, coversPods, engineOf, isGuard, readWebhooks } from './index.js'

const configuration = (webhooks: unknown, version = 'v1'): KubeObject => ({
  ref: {
    group: 'admissionregistration.k8s.io',
    version,
    kind: 'ValidatingWebhookConfiguration',
    namespace: '',
    name: 'x',
  },
  content: { webhooks } as never,
  source: 'manifest',
  slice: { file: 'f', format: 'yaml', offset: 0, length: 0, line: 1, column: 1 },
})
const one = (fields: object): NonNullable<ReturnType<typeof readWebhooks>['webhooks'][number]> => {
  const [webhook] = readWebhooks(configuration([{ name: 'a.example.com', ...fields }])).webhooks
  if (webhook === undefined) throw new Error('no webhook')
  return webhook
}

describe('admission webhooks', () => {
  it('have the defaults of their version', () => {
    const read = (version: string): unknown[] =>
      readWebhooks(configuration([{}], version)).webhooks.map((each) => [
        each.failurePolicy,
        each.timeoutSeconds,
      ])
    expect([read('v1'), read('v1beta1')]).toEqual([[['Fail', 10]], [['Ignore', 30]]])
  })

  it('tell what is of another type', () => {
    expect(readWebhooks(configuration('x')).malformed).toHaveLength(1)
    expect(readWebhooks(configuration([7, {}])).malformed).toHaveLength(1)
    expect(one({ rules: 'x', clientConfig: 7, timeoutSeconds: '3' }).rules).toEqual([])
  })

  it.each<[string, object, boolean]>([
    ['pods', { operations: ['CREATE'], apiGroups: [''], resources: ['pods'] }, true],
    ['everything', { operations: ['*'], apiGroups: ['*'], resources: ['*/*'] }, true],
    ['pods, but only when they go', { operations: ['DELETE'], apiGroups: [''], resources: ['pods'] }, false],
    ['deployments', { operations: ['CREATE'], apiGroups: ['apps'], resources: ['*'] }, false],
  ])('cover pods: %s', (_name, rule, expected) => expect(coversPods(one({ rules: [rule] }))).toBe(expected))

  it('cover namespaces by their labels and their name', () => {
    const but = (key: string): object => ({
      namespaceSelector: { matchExpressions: [{ key, operator: 'NotIn', values: ['kube-system'] }] },
    })
    expect(coversNamespace(one({}), 'kube-system', undefined)).toBe(true)
    expect(coversNamespace(one(but('kubernetes.io/metadata.name')), 'kube-system', undefined)).toBe(false)
    expect(coversNamespace(one(but('team')), 'kube-system', undefined)).toBeUndefined()
    expect(coversNamespace(one(but('team')), 'kube-system', configuration([]))).toBe(true)
  })

  it.each<[string, object, string | undefined, boolean]>([
    ['Gatekeeper', { name: 'validation.gatekeeper.sh' }, 'Gatekeeper', true],
    ['Kyverno', { name: 'validate.kyverno.svc-fail' }, 'Kyverno', true],
    [
      'by its service',
      { clientConfig: { service: { namespace: 'opa', name: 'opa' } } },
      'Open Policy Agent',
      true,
    ],
    [
      'cert-manager',
      {
        name: 'webhook.cert-manager.io',
        rules: [{ operations: ['CREATE'], apiGroups: ['cert-manager.io'], resources: ['*/*'] }],
      },
      undefined,
      false,
    ],
    [
      'one of your own',
      { rules: [{ operations: ['CREATE'], apiGroups: [''], resources: ['pods'] }] },
      undefined,
      true,
    ],
  ])('are known: %s', (_name, fields, engine, guard) => {
    expect([engineOf(one(fields))?.name, isGuard(one(fields))]).toEqual([engine, guard])
  })
})
