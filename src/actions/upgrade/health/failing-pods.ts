import { asList, asString, field, valueAt, type JsonObject } from '../../../model/index.js'

/** A pod that does not do what it should. */
export interface FailingPod {
  /** Namespace and owner, or name: the same for a pod that takes the place of another. */
  readonly of: string
  readonly pod: string
  readonly node: string
  readonly reason: string
}

/** Reasons of a container that waits for nothing that comes by itself. Source: kubernetes v1.36.2 pkg/kubelet/images/types.go, container/sync_result.go. */
const WAITING = new Set([
  'CrashLoopBackOff',
  'ImagePullBackOff',
  'ErrImagePull',
  'ErrImageNeverPull',
  'InvalidImageName',
  'ImageInspectError',
  'RegistryUnavailable',
  'CreateContainerConfigError',
  'CreateContainerError',
  'RunContainerError',
  'CreatePodSandboxError',
])

/** Why a pod fails; undefined when it does not, or is on its way out. */
export function podFailure(pod: JsonObject): string | undefined {
  if (valueAt(pod, ['metadata', 'deletionTimestamp']) !== undefined) return undefined
  const phase = asString(valueAt(pod, ['status', 'phase']))
  if (phase === 'Succeeded') return undefined
  if (phase === 'Failed') return asString(valueAt(pod, ['status', 'reason'])) ?? 'Failed'
  for (const list of ['initContainerStatuses', 'containerStatuses']) {
    for (const container of asList(valueAt(pod, ['status', list]))) {
      const reason = asString(valueAt(container, ['state', 'waiting', 'reason']))
      if (reason !== undefined && WAITING.has(reason)) return reason
    }
  }
  if (phase !== 'Pending') return undefined
  const scheduled = asList(valueAt(pod, ['status', 'conditions'])).find(
    (each) => field(each, 'type') === 'PodScheduled',
  )
  return field(scheduled, 'status') === 'False'
    ? (asString(field(scheduled, 'reason')) ?? 'Unschedulable')
    : undefined
}

/** The pods that fail, in the order of their names. */
export function failingPods(pods: readonly JsonObject[]): FailingPod[] {
  const failing: FailingPod[] = []
  for (const pod of pods) {
    const reason = podFailure(pod)
    if (reason === undefined) continue
    const namespace = asString(valueAt(pod, ['metadata', 'namespace'])) ?? ''
    const name = asString(valueAt(pod, ['metadata', 'name'])) ?? ''
    failing.push({
      of: `${namespace}/${ownerOf(pod) ?? name}`,
      pod: `${namespace}/${name}`,
      node: asString(valueAt(pod, ['spec', 'nodeName'])) ?? '',
      reason,
    })
  }
  return failing.sort((a, b) => (a.pod < b.pod ? -1 : 1))
}

/** Failures of owners that had none before. */
export function newFailures(before: ReadonlySet<string>, now: readonly FailingPod[]): FailingPod[] {
  return now.filter(({ of }) => !before.has(of))
}

/** `Deployment-like/web`: of a ReplicaSet its Deployment's name, which stays when a new ReplicaSet takes over. */
function ownerOf(pod: JsonObject): string | undefined {
  const owner = asList(valueAt(pod, ['metadata', 'ownerReferences'])).find(
    (each) => field(each, 'controller') === true,
  )
  const kind = asString(field(owner, 'kind'))
  const name = asString(field(owner, 'name'))
  if (kind === undefined || name === undefined) return undefined
  const hash = asString(valueAt(pod, ['metadata', 'labels', 'pod-template-hash']))
  const template = kind === 'ReplicaSet' && hash !== undefined && name.endsWith(`-${hash}`)
  return template ? `Deployment/${name.slice(0, -hash.length - 1)}` : `${kind}/${name}`
}
