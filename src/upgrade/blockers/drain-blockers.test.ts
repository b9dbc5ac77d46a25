import { describe, expect, it } from 'vitest'
import type { Estate } from '../../model/index.js'
import { estateFrom } from '../../sources/index.js'
import { builtInData } from '../data/index.js'
import { takeInventory } from '../inventory/index.js'
import { findBlockers, subjectText } from './index.js'

async function found(manifests: string, check: string, live = true): Promise<string[]> {
  const read = await estateFrom({ manifests, complete: true })
  const estate: Estate = live
    ? { ...read, objects: read.objects.map((object) => ({ ...object, source: 'cluster' as const })) }
    : read
  return findBlockers({
    estate,
    inventory: takeInventory(estate),
    data: builtInData(),
    from: 35,
    to: 36,
    now: 0,
  })
    .filter((each) => each.check === check)
    .map((each) => `${each.level} ${subjectText(each)}: ${each.message}`)
}

const yaml = (...objects: object[]): string => objects.map((each) => JSON.stringify(each)).join('\n---\n')
const meta = (name: string, more: object = {}): object => ({ name, namespace: 'shop', ...more })
const OWNER = {
  ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'web-1', uid: 'u', controller: true }],
}
const pod = (
  name: string,
  more: { labels?: object; spec?: object; ready?: boolean; phase?: string; metadata?: object } = {},
): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: meta(name, { labels: more.labels ?? { app: 'web' }, ...(more.metadata ?? OWNER) }),
  spec: { nodeName: 'n1', containers: [{ name: 'c', image: 'i' }], ...more.spec },
  status: {
    phase: more.phase ?? 'Running',
    conditions: [{ type: 'Ready', status: (more.ready ?? true) ? 'True' : 'False' }],
  },
})
const budget = (name: string, spec: object, status?: object): object => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: meta(name, { generation: 1 }),
  spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
  ...(status === undefined ? {} : { status: { observedGeneration: 1, ...status } }),
})
const deployment = (name: string, spec: object = {}, kind = 'Deployment'): object => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: meta(name),
  spec: {
    selector: { matchLabels: { app: 'web' } },
    template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ name: 'c', image: 'i' }] } },
    ...spec,
  },
})
const full = { disruptionsAllowed: 0, currentHealthy: 2, desiredHealthy: 2, expectedPods: 3 }
const node = (name: string, cpu = '4'): object => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name },
  status: {
    allocatable: { cpu, memory: '8Gi', pods: '110' },
    conditions: [{ type: 'Ready', status: 'True' }],
  },
})
const webhook = (
  more: object = {},
  rules: object[] = [{ operations: ['CREATE'], apiGroups: [''], apiVersions: ['v1'], resources: ['pods'] }],
): object => ({
  apiVersion: 'admissionregistration.k8s.io/v1',
  kind: 'ValidatingWebhookConfiguration',
  metadata: { name: 'guard' },
  webhooks: [
    {
      name: 'guard.acme.example',
      clientConfig: { service: { namespace: 'shop', name: 'guard' } },
      rules,
      ...more,
    },
  ],
})
const service = {
  apiVersion: 'v1',
  kind: 'Service',
  metadata: meta('guard'),
  spec: { selector: { app: 'web' } },
}
const claim = {
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: meta('data'),
  spec: { volumeName: 'disk' },
}
const disk = (spec: object): object => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: 'disk' },
  spec,
})

describe('blockers of drains', () => {
  it.each<[string, string, string, RegExp[], boolean?]>([
    [
      'drain-budgets',
      'a budget that never allows one',
      yaml(budget('b', { maxUnavailable: 0 }, full), pod('p')),
      [/^blocks PodDisruptionBudget.policy shop\/b: .*whatever their number; no node with p/],
    ],
    [
      'drain-budgets',
      'one that wants all there are',
      yaml(
        budget('b', { minAvailable: 1 }, { ...full, desiredHealthy: 1, currentHealthy: 1, expectedPods: 1 }),
        pod('p'),
      ),
      [/^blocks .*wants 1 healthy of the 1/],
    ],
    [
      'drain-budgets',
      'one that allows one',
      yaml(budget('b', { minAvailable: 2 }, { ...full, currentHealthy: 3, disruptionsAllowed: 1 }), pod('p')),
      [],
    ],
    [
      'drain-budgets',
      'one that is full now',
      yaml(budget('b', { minAvailable: 2 }, full), pod('p')),
      [/^warns .*lets no pod go now: 2 of its pods are healthy, and it wants 2/],
    ],
    [
      'drain-budgets',
      'one that a pod that is not ready fills',
      yaml(budget('b', { minAvailable: 2 }, { ...full, currentHealthy: 1 }), pod('p', { ready: false })),
      [/^warns .*not ready/],
    ],
    [
      'drain-budgets',
      'one that nobody reckoned',
      yaml(budget('b', { minAvailable: 2 }), pod('p')),
      [/^unknown .*not written its status/],
    ],
    ['drain-budgets', 'one about nothing', yaml(budget('b', { maxUnavailable: 0 }, full)), []],
    [
      'drain-budgets',
      'one about pods of a DaemonSet, which no drain moves',
      yaml(
        budget('b', { maxUnavailable: 0 }, full),
        pod('p', {
          metadata: {
            ownerReferences: [
              { apiVersion: 'apps/v1', kind: 'DaemonSet', name: 'd', uid: 'u', controller: true },
            ],
          },
        }),
      ),
      [],
    ],
    [
      'drain-budgets',
      'one about finished pods',
      yaml(budget('b', { maxUnavailable: 0 }, full), pod('p', { phase: 'Succeeded' })),
      [],
    ],
    [
      'drain-budgets',
      'files: as many as there are',
      yaml(budget('b', { minAvailable: 2 }), deployment('web', { replicas: 2 })),
      [/^blocks .*of Deployment.apps shop\/web go: minAvailable 2 wants 2 healthy of the 2/],
      false,
    ],
    [
      'drain-budgets',
      'files: fewer than there are',
      yaml(budget('b', { minAvailable: 2 }), deployment('web', { replicas: 3 })),
      [],
      false,
    ],
    [
      'drain-budgets',
      'fields of wrong types',
      yaml(budget('b', { maxUnavailable: [], selector: 7 }, { disruptionsAllowed: 'x' }), pod('p')),
      [],
    ],
    [
      'drain-two-budgets',
      'two budgets',
      yaml(budget('b', { maxUnavailable: 1 }), budget('c', { maxUnavailable: 1 }), pod('p'), pod('q')),
      [/^blocks .*the budgets b, c of shop are about the same pods \(p, q\)/],
    ],
    [
      'drain-two-budgets',
      'two budgets about others',
      yaml(
        budget('b', { maxUnavailable: 1 }),
        budget('c', { selector: { matchLabels: { app: 'db' } } }),
        pod('p'),
      ),
      [],
    ],
    [
      'drain-single-replica',
      'one replica',
      yaml(deployment('web', { replicas: 1 })),
      [/^warns Deployment.apps shop\/web: .*one replica/],
    ],
    [
      'drain-single-replica',
      'nothing said is one',
      yaml(deployment('web', {}, 'StatefulSet')),
      [/^warns StatefulSet/],
    ],
    ['drain-single-replica', 'two', yaml(deployment('web', { replicas: 2 })), []],
    ['drain-single-replica', 'none at all', yaml(deployment('web', { replicas: 0 })), []],
    [
      'drain-single-replica',
      'an autoscaler keeps two',
      yaml(deployment('web'), {
        apiVersion: 'autoscaling/v2',
        kind: 'HorizontalPodAutoscaler',
        metadata: meta('h'),
        spec: { minReplicas: 2, maxReplicas: 3, scaleTargetRef: { kind: 'Deployment', name: 'web' } },
      }),
      [],
    ],
    [
      'drain-unmanaged-pods',
      'a pod alone',
      yaml(pod('p', { metadata: {} })),
      [/^blocks Pod shop\/p: .*node n1 has no controller/],
    ],
    [
      'drain-unmanaged-pods',
      'a mirror pod',
      yaml(pod('p', { metadata: { annotations: { 'kubernetes.io/config.mirror': 'x' } } })),
      [],
    ],
    ['drain-unmanaged-pods', 'a finished one', yaml(pod('p', { metadata: {}, phase: 'Failed' })), []],
    [
      'drain-local-storage',
      'emptyDir, once for all pods of a set',
      yaml(
        pod('p', { spec: { volumes: [{ name: 'tmp', emptyDir: {} }] } }),
        pod('q', { spec: { volumes: [{ name: 'tmp', emptyDir: {} }] } }),
      ),
      [/^warns ReplicaSet.apps shop\/web-1: .*emptyDir volumes \(tmp\)/],
    ],
    [
      'drain-local-storage',
      'a disk of one node',
      yaml(
        pod('p', { spec: { volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'data' } }] } }),
        claim,
        disk({ local: { path: '/x' } }),
      ),
      [/^warns .*on one node \(data\)/],
    ],
    [
      'drain-local-storage',
      'a disk of a cloud',
      yaml(
        pod('p', { spec: { volumes: [{ name: 'd', persistentVolumeClaim: { claimName: 'data' } }] } }),
        claim,
        disk({ csi: {} }),
      ),
      [],
    ],
    [
      'drain-webhooks',
      'everything that answers is on one node, its own pods too',
      yaml(webhook(), service, pod('p')),
      [/^blocks ValidatingWebhook.*on node n1 \(p\): .*its own new pod is among them/],
    ],
    [
      'drain-webhooks',
      'its own namespace is left out',
      yaml(
        webhook({
          namespaceSelector: {
            matchExpressions: [{ key: 'kubernetes.io/metadata.name', operator: 'NotIn', values: ['shop'] }],
          },
        }),
        service,
        pod('p'),
      ),
      [/^warns /],
    ],
    [
      'drain-webhooks',
      'two nodes',
      yaml(webhook(), service, pod('p'), pod('q', { spec: { nodeName: 'n2' } })),
      [],
    ],
    [
      'drain-webhooks',
      'nobody answers',
      yaml(webhook(), service, pod('p', { ready: false })),
      [/^blocks .*no pod behind its service shop\/guard is ready/],
    ],
    [
      'drain-webhooks',
      'no service',
      yaml(webhook(), { ...service, metadata: meta('other') }, pod('p')),
      [/^blocks .*service shop\/guard is not there/],
    ],
    [
      'drain-webhooks',
      'it may be passed by',
      yaml(webhook({ failurePolicy: 'Ignore' }), service, pod('p')),
      [],
    ],
    [
      'drain-webhooks',
      'evictions',
      yaml(
        webhook({}, [
          { operations: ['*'], apiGroups: ['*'], apiVersions: ['*'], resources: ['pods/eviction'] },
        ]),
        service,
        pod('p'),
      ),
      [/^warns .*asked for evictions, and/],
    ],
    [
      'drain-webhooks',
      'other objects',
      yaml(
        webhook({}, [{ operations: ['*'], apiGroups: ['apps'], apiVersions: ['*'], resources: ['*'] }]),
        service,
        pod('p'),
      ),
      [],
    ],
    [
      'drain-webhooks',
      'every resource is no subresource',
      yaml(
        webhook({}, [{ operations: ['UPDATE'], apiGroups: [''], apiVersions: ['*'], resources: ['*'] }]),
        service,
        pod('p'),
      ),
      [/^warns .*asked for cordoning, and/],
    ],
    [
      'drain-capacity',
      'room',
      yaml(
        node('n1'),
        node('n2'),
        pod('p', { spec: { containers: [{ name: 'c', resources: { requests: { cpu: '3' } } }] } }),
      ),
      [],
    ],
    [
      'drain-capacity',
      'no room',
      yaml(
        node('n1'),
        node('n2', '2'),
        pod('p', { spec: { containers: [{ name: 'c', resources: { requests: { cpu: '3' } } }] } }),
      ),
      [/^blocks node n1: Pod shop\/p \(3 cpu\) of node n1 fits on no other node: 1 has too little cpu left/],
    ],
    ['drain-capacity', 'no other node', yaml(node('n1'), pod('p')), [/^warns node n1: no other node/]],
    [
      'drain-capacity',
      'not known',
      yaml(node('n1'), node('n2'), pod('p', { spec: { schedulerName: 'mine' } })),
      [/^unknown node n1: .*mine places it/],
    ],
    ['drain-capacity', 'files have no nodes', yaml(node('n1'), node('n2', '1'), pod('p')), [], false],
  ])('%s: %s', async (check, _name, manifests, expected, live = true) => {
    const given = await found(manifests, check, live)
    expect(given, given.join('\n')).toHaveLength(expected.length)
    expected.forEach((each, index) => expect(given[index]).toMatch(each))
  })
})
