import { describe, expect, it } from 'vitest'
import { formatPath, type JsonObject, type KubeObject } from '../model/index.js'
import { containersOf, podTemplatesOf } from './pod-template.js'
import { indexObjects } from './object-index.js'
import { isMirrorPod, topOwner } from './owners.js'

function object(kind: string, group: string, content: JsonObject, name = 'x'): KubeObject {
  return {
    ref: { group, version: 'v1', kind, namespace: 'ns', name },
    content: { kind, ...content },
    source: 'manifest',
    slice: { file: 'f', format: 'yaml', offset: 0, length: 0, line: 1, column: 1 },
  }
}
const pod = { spec: { containers: [{ name: 'a' }] } }

describe('podTemplatesOf', () => {
  it.each<[string, KubeObject, string[]]>([
    ['Pod', object('Pod', '', pod), ['spec']],
    ['Deployment', object('Deployment', 'apps', { spec: { template: pod } }), ['spec.template.spec']],
    [
      'CronJob',
      object('CronJob', 'batch', { spec: { jobTemplate: { spec: { template: pod } } } }),
      ['spec.jobTemplate.spec.template.spec'],
    ],
    ['PodTemplate', object('PodTemplate', '', { template: pod }), ['template.spec']],
    [
      'a list of templates',
      object('JobSet', 'jobset.x-k8s.io', {
        spec: { replicatedJobs: [{ template: { spec: { template: pod } } }] },
      }),
      ['spec.replicatedJobs[0].template.spec.template.spec'],
    ],
    [
      'a mapping of templates',
      object('PyTorchJob', 'kubeflow.org', { spec: { pytorchReplicaSpecs: { Worker: { template: pod } } } }),
      ['spec.pytorchReplicaSpecs.Worker.template.spec'],
    ],
    [
      'an unknown kind that looks like one',
      object('Thing', 'acme.example', { spec: { template: pod } }),
      ['spec.template.spec'],
    ],
    ['a Service', object('Service', '', { spec: { template: 3 } }), []],
    ['wrong types', object('Deployment', 'apps', { spec: { template: { spec: [] } } }), []],
    ['no spec', object('Pod', '', {}), []],
  ])('%s', (_name, given, paths) => {
    expect(podTemplatesOf(given).map((template) => formatPath(template.specPath))).toEqual(paths)
  })

  it('lists containers of all three kinds and passes over what is none', () => {
    const [template] = podTemplatesOf(
      object('Pod', '', {
        spec: {
          initContainers: [{ name: 'i' }],
          containers: [7, { name: {} }],
          ephemeralContainers: [{ name: 'e' }],
        },
      }),
    )
    const containers = template === undefined ? [] : containersOf(template)
    expect(containers.map(({ kind, name, path }) => [kind, name, formatPath(path)])).toEqual([
      ['init', 'i', 'spec.initContainers[0]'],
      ['container', 'containers[1]', 'spec.containers[1]'],
      ['ephemeral', 'e', 'spec.ephemeralContainers[0]'],
    ])
  })
})

describe('owners', () => {
  const owned = (kind: string, group: string, name: string, ownerKind: string, owner: string): KubeObject =>
    object(
      kind,
      group,
      {
        metadata: {
          ownerReferences: [{ apiVersion: 'apps/v1', kind: ownerKind, name: owner, controller: true }],
        },
      },
      name,
    )
  const deployment = object('Deployment', 'apps', {}, 'web')
  const replicas = owned('ReplicaSet', 'apps', 'web-1', 'Deployment', 'web')
  const child = owned('Pod', '', 'web-1-a', 'ReplicaSet', 'web-1')
  const indexOf = (objects: KubeObject[]): ReturnType<typeof indexObjects> =>
    indexObjects({ objects, hosts: [], sources: [], problems: [], texts: { read: () => undefined } })

  it('finds the top', () => {
    expect(topOwner(child, indexOf([deployment, replicas, child]))).toEqual({
      kind: 'object',
      object: deployment,
    })
    expect(topOwner(child, indexOf([child]))).toMatchObject({
      kind: 'absent',
      ref: { kind: 'ReplicaSet', name: 'web-1' },
    })
    expect(topOwner(deployment, indexOf([deployment]))).toEqual({ kind: 'self' })
  })

  it('ends in a circle', () => {
    const a = owned('ReplicaSet', 'apps', 'a', 'ReplicaSet', 'b')
    const b = owned('ReplicaSet', 'apps', 'b', 'ReplicaSet', 'a')
    expect(topOwner(a, indexOf([a, b])).kind).toBe('object')
  })

  it('knows mirror pods', () => {
    const annotations = { 'kubernetes.io/config.mirror': 'abc' }
    expect(isMirrorPod(object('Pod', '', { metadata: { annotations } }))).toBe(true)
    expect(isMirrorPod(object('Pod', '', { metadata: { annotations: [] } }))).toBe(false)
  })
})
