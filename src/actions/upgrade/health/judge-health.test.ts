import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../model/index.js'
import { failingPods, newFailures, podFailure } from './failing-pods.js'
import { judgeHealth, type ExpectedHealth, type SeenHealth } from './judge-health.js'

const node = (over: { version?: string; ready?: string; uid?: string } = {}): JsonObject => ({
  metadata: { name: 'cp-1', uid: over.uid ?? 'u1' },
  status: {
    nodeInfo: { kubeletVersion: over.version ?? 'v1.37.2' },
    conditions: [{ type: 'Ready', status: over.ready ?? 'True', message: 'it says why' }],
  },
})
const pod = (
  name: string,
  over: {
    ready?: string
    image?: string
    namespace?: string
    class?: string
    phase?: string
    component?: string
    deleted?: true
  } = {},
): JsonObject => ({
  metadata: {
    name,
    namespace: over.namespace ?? 'kube-system',
    labels: over.component === undefined ? {} : { component: over.component },
    ...(over.deleted === undefined ? {} : { deletionTimestamp: '2026-11-26T20:00:00Z' }),
  },
  spec: {
    nodeName: 'cp-1',
    containers: [{ name: 'a', image: over.image ?? 'x:v1.37.2' }],
    ...(over.class === undefined ? {} : { priorityClassName: over.class }),
  },
  status: { phase: over.phase ?? 'Running', conditions: [{ type: 'Ready', status: over.ready ?? 'True' }] },
})
const statics = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'].map((name) =>
  pod(`${name}-cp-1`),
)
const etcd = pod('etcd-cp-1', { component: 'etcd' })
const expected: ExpectedHealth = {
  node: 'cp-1',
  uid: 'u1',
  kubelet: 'v1.37.2',
  controlPlane: 'v1.37.2',
  heartbeat: 'before',
  failedBefore: new Set(),
  etcdMembers: 1,
}
const seen: SeenHealth = {
  node: node(),
  heartbeat: 'after',
  pods: [...statics, etcd],
  notReady: undefined,
  etcd: [],
}

describe('judgeHealth', () => {
  it('says nothing of a node that is well', () => expect(judgeHealth(expected, seen)).toEqual([]))

  it.each<[string, Partial<SeenHealth>, RegExp]>([
    ['the API server', { notReady: 'failed: etcd' }, /API server is not ready: failed: etcd/],
    ['a node that is gone', { node: undefined }, /the node cp-1 is not there/],
    ['another node of the name', { node: node({ uid: 'u2' }) }, /UID differs/],
    ['a node that is not Ready', { node: node({ ready: 'Unknown' }) }, /not Ready \(Unknown\): it says why/],
    ['a heartbeat of before', { heartbeat: 'before' }, /no new heartbeat/],
    ['no heartbeat', { heartbeat: undefined }, /has no heartbeat/],
    ['the kubelet of before', { node: node({ version: 'v1.36.3' }) }, /reports v1\.36\.3, not v1\.37\.2/],
    [
      'a system pod that is not Ready',
      { pods: [...seen.pods, pod('kube-proxy-x', { ready: 'False' })] },
      /kube-system\/kube-proxy-x is not Ready/,
    ],
    [
      'a critical pod elsewhere',
      {
        pods: [...seen.pods, pod('cni', { ready: 'False', namespace: 'net', class: 'system-node-critical' })],
      },
      /net\/cni is not Ready/,
    ],
    [
      'a static pod of before',
      { pods: [...statics.slice(1), pod('kube-apiserver-cp-1', { image: 'x:v1.36.3' }), etcd] },
      /kube-apiserver of cp-1 runs v1\.36\.3/,
    ],
    [
      'a static pod that is missing',
      { pods: [...statics.slice(1), etcd] },
      /there is no pod kube-apiserver-cp-1/,
    ],
    ['etcd without its member', { pods: statics }, /0 of 1 pods of etcd are Ready/],
    [
      'a member that is not healthy',
      { etcd: [{ member: 'https://a:2379', fault: 'no answer' }] },
      /member of etcd at https:\/\/a:2379 is not healthy/,
    ],
  ])('%s', (_name, over, fault) => {
    const faults = judgeHealth(expected, { ...seen, ...over })
    expect(faults.join('\n')).toMatch(fault)
    expect(faults).toHaveLength(1)
  })

  it.each([
    ['a pod of an application', pod('web', { ready: 'False', namespace: 'shop' })],
    ['one that ended well', pod('job', { ready: 'False', phase: 'Succeeded' })],
    ['one on its way out', pod('old', { ready: 'False', deleted: true })],
  ])('is not held up by %s', (_name, other) => {
    expect(judgeHealth(expected, { ...seen, pods: [...seen.pods, other] })).toEqual([])
  })
})

describe('failing pods', () => {
  const waiting = (reason: string): JsonObject => ({
    metadata: {
      name: 'web-5f-x',
      namespace: 'shop',
      labels: { 'pod-template-hash': '5f' },
      ownerReferences: [{ kind: 'ReplicaSet', name: 'web-5f', controller: true }],
    },
    status: { phase: 'Running', containerStatuses: [{ state: { waiting: { reason } } }] },
  })

  it.each<[JsonObject, string | undefined]>([
    [waiting('CrashLoopBackOff'), 'CrashLoopBackOff'],
    [waiting('ContainerCreating'), undefined],
    [{ status: { phase: 'Failed', reason: 'Evicted' } }, 'Evicted'],
    [
      {
        status: {
          phase: 'Pending',
          conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }],
        },
      },
      'Unschedulable',
    ],
    [{ status: { phase: 'Pending' } }, undefined],
    [{ status: { phase: 'Succeeded' } }, undefined],
    [{ metadata: { deletionTimestamp: 'x' }, status: { phase: 'Failed' } }, undefined],
    [{ status: 'nonsense' }, undefined],
  ])('%j', (object, reason) => expect(podFailure(object)).toBe(reason))

  it('a Deployment that failed before may fail on under new names', () => {
    const [failing] = failingPods([waiting('CrashLoopBackOff')])
    expect(failing?.of).toBe('shop/Deployment/web')
    expect(newFailures(new Set(['shop/Deployment/web']), failing === undefined ? [] : [failing])).toEqual([])
    expect(newFailures(new Set(), failing === undefined ? [] : [failing])).toHaveLength(1)
  })
})
