import { controllerOf, type ObjectIndex } from '../../kube/index.js'
import {
  asList,
  asNumber,
  asString,
  field,
  formatRef,
  isObject,
  valueAt,
  type KubeObject,
} from '../../model/index.js'
import { listed } from '../listed.js'
import type { Blocker, BlockerCheck } from './blocker.js'
import { byOwner, movedPods, nodeOf } from './moved-pods.js'

const DRAIN = 'https://kubernetes.io/docs/tasks/administer-cluster/safely-drain-node/'

/** Workloads of one replica are away while their node is drained. */
export const drainSingleReplica: BlockerCheck = {
  id: 'drain-single-replica',
  title: 'A workload has a single replica',
  find({ index }) {
    const scaled = scaledWorkloads(index)
    return (['Deployment', 'StatefulSet'] as const).flatMap((kind) =>
      index.ofKind('apps', kind).flatMap((object): Blocker[] => {
        const replicas = valueAt(object.content, ['spec', 'replicas']) ?? 1
        if (replicas !== 1 || (scaled.get(`${object.ref.namespace}/${kind}/${object.ref.name}`) ?? 1) > 1)
          return []
        const recreated = valueAt(object.content, ['spec', 'strategy', 'type']) === 'Recreate'
        return [
          {
            check: drainSingleReplica.id,
            level: 'warns',
            subject: { kind: 'object', object: object.ref },
            message: `${formatRef(object.ref)} has one replica: it is away from the eviction of its pod until the next one is ready`,
            fix:
              kind === 'StatefulSet' || recreated
                ? 'tell its users when, or give it a second replica if it can have one'
                : 'give it a second replica while nodes are drained: kubectl scale --replicas=2',
            evidence: 'spec.replicas: 1',
            references: [DRAIN],
          },
        ]
      }),
    )
  },
}

/** The least replicas that an autoscaler keeps, by `NAMESPACE/KIND/NAME`. */
function scaledWorkloads(index: ObjectIndex): Map<string, number> {
  const found = new Map<string, number>()
  for (const { content, ref } of index.ofKind('autoscaling', 'HorizontalPodAutoscaler')) {
    const target = valueAt(content, ['spec', 'scaleTargetRef'])
    const [kind, name] = [asString(field(target, 'kind')), asString(field(target, 'name'))]
    if (kind === undefined || name === undefined) continue
    found.set(`${ref.namespace}/${kind}/${name}`, asNumber(valueAt(content, ['spec', 'minReplicas'])) ?? 1)
  }
  return found
}

/** Pods that nothing makes again: a drain refuses them, and by force they are lost. */
export const drainUnmanagedPods: BlockerCheck = {
  id: 'drain-unmanaged-pods',
  title: 'A pod has no controller',
  find({ index }) {
    return movedPods(index)
      .filter((pod) => controllerOf(pod) === undefined)
      .map((pod): Blocker => ({
        check: drainUnmanagedPods.id,
        level: 'blocks',
        subject: { kind: 'object', object: pod.ref },
        message: `${formatRef(pod.ref)} on ${nodeOf(pod) === '' ? 'no node yet' : `node ${nodeOf(pod)}`} has no controller: a drain refuses to touch the node, and with --force the pod is lost`,
        fix: 'put it into a Deployment, or delete it; or plan with --force if it may be lost',
        evidence: 'metadata.ownerReferences',
        references: [DRAIN],
      }))
  },
}

/** Data that a pod keeps on its node: gone with the drain, or a tie to the node. */
export const drainLocalStorage: BlockerCheck = {
  id: 'drain-local-storage',
  title: 'A pod keeps data on its node',
  find({ index }) {
    const moved = movedPods(index)
    const withEmptyDir = moved.filter((pod) => volumes(pod).some((each) => isObject(field(each, 'emptyDir'))))
    const tied = moved.filter((pod) => tiedVolumes(pod, index).length > 0)
    return [
      ...byOwner(index, withEmptyDir).map(({ owner, pods }): Blocker => ({
        check: drainLocalStorage.id,
        level: 'warns',
        subject: { kind: 'object', object: owner },
        message: `${formatRef(owner)} has emptyDir volumes (${listed(emptyDirs(pods))}): a drain refuses its pods unless their data may be lost`,
        fix: 'see that nothing in them must stay, and plan with --delete-emptydir-data; or keep the data in a volume of its own',
        evidence: 'spec.volumes',
        references: [DRAIN],
      })),
      ...byOwner(index, tied).map(({ owner, pods }): Blocker => ({
        check: drainLocalStorage.id,
        level: 'warns',
        subject: { kind: 'object', object: owner },
        message: `${formatRef(owner)} uses volumes that are on one node (${listed([...new Set(pods.flatMap((pod) => tiedVolumes(pod, index)))])}): its pods wait until that node is back, and for ever if it is replaced`,
        fix: 'plan its downtime; before a replacement of nodes, move the data to a volume that other nodes can use',
        evidence: 'PersistentVolume spec.local or spec.hostPath',
        references: [DRAIN],
      })),
    ]
  },
}

function volumes(pod: KubeObject): readonly unknown[] {
  return asList(valueAt(pod.content, ['spec', 'volumes']))
}

function emptyDirs(pods: readonly KubeObject[]): string[] {
  const names = pods.flatMap((pod) =>
    volumes(pod).flatMap((each) =>
      isObject(field(each, 'emptyDir')) ? (asString(field(each, 'name')) ?? []) : [],
    ),
  )
  return [...new Set(names)].sort()
}

/** The claims of a pod whose volumes are a disk or folder of one node. */
function tiedVolumes(pod: KubeObject, index: ObjectIndex): string[] {
  return volumes(pod).flatMap((each) => {
    const claim = asString(valueAt(each, ['persistentVolumeClaim', 'claimName']))
    if (claim === undefined) return []
    const name = asString(
      valueAt(index.get('', 'PersistentVolumeClaim', pod.ref.namespace, claim)?.content, [
        'spec',
        'volumeName',
      ]),
    )
    const volume = name === undefined ? undefined : index.get('', 'PersistentVolume', '', name)
    const spec = field(volume?.content, 'spec')
    return isObject(field(spec, 'local')) || isObject(field(spec, 'hostPath')) ? [claim] : []
  })
}
