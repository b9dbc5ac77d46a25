import { asList, asObject, asString, field, valueAt, type JsonObject } from '../../../model/index.js'
import { failingPods, newFailures, type FailingPod } from './failing-pods.js'

/** What is asked about a node before the next one is touched. */
export interface ExpectedHealth {
  readonly node: string
  readonly uid: string
  /** The kubelet's version that must be reported, `v1.36.2`. */
  readonly kubelet: string
  /** Of a control-plane node: the version of its static pods. */
  readonly controlPlane: string | undefined
  /** The heartbeat as it was when the gate was reached: a later one must have come. */
  readonly heartbeat: string | undefined
  /** Owners of pods that failed before the upgrade touched anything. */
  readonly failedBefore: ReadonlySet<string>
  /** Members of etcd that the cluster had. */
  readonly etcdMembers: number
}

/** What was seen. */
export interface SeenHealth {
  readonly node: JsonObject | undefined
  readonly heartbeat: string | undefined
  readonly pods: readonly JsonObject[]
  /** Undefined when /readyz says yes. */
  readonly notReady: string | undefined
  /** What members of etcd answer, by their address; empty where they could not be asked. */
  readonly etcd: readonly { readonly member: string; readonly fault: string | undefined }[]
}

const CONTROL_PLANE = ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler'] as const

/** What is not as it should be, one sentence each; empty when the next node may be touched. */
export function judgeHealth(expected: ExpectedHealth, seen: SeenHealth): string[] {
  return [
    ...(seen.notReady === undefined ? [] : [`the API server is not ready: ${seen.notReady}`]),
    ...judgeNode(expected, seen),
    ...judgeSystemPods(expected, seen.pods),
    ...judgeEtcd(expected, seen),
    ...newFailures(expected.failedBefore, failingPods(seen.pods)).map(failureText),
  ]
}

export function failureText({ pod, node, reason }: FailingPod): string {
  return `the pod ${pod} fails since the upgrade began: ${reason}${node === '' ? '' : ` on ${node}`}`
}

function judgeNode(expected: ExpectedHealth, { node, heartbeat }: SeenHealth): string[] {
  const name = expected.node
  if (node === undefined) return [`the node ${name} is not there`]
  const faults: string[] = []
  if (expected.uid !== '' && valueAt(node, ['metadata', 'uid']) !== expected.uid) {
    faults.push(`the node ${name} is another one than planned (its UID differs)`)
  }
  const ready = asList(valueAt(node, ['status', 'conditions'])).find(
    (each) => field(each, 'type') === 'Ready',
  )
  const status = asString(field(ready, 'status')) ?? 'Unknown'
  if (status !== 'True') {
    const why = asString(field(ready, 'message')) ?? asString(field(ready, 'reason')) ?? 'it does not say why'
    faults.push(`the node ${name} is not Ready (${status}): ${why}`)
  }
  // A Ready that was written before the restart says nothing of the new kubelet: one that came since must be seen.
  if (heartbeat === undefined) faults.push(`the node ${name} has no heartbeat (Lease in kube-node-lease)`)
  else if (heartbeat === expected.heartbeat) faults.push(`no new heartbeat of the node ${name} yet`)
  const version = asString(valueAt(node, ['status', 'nodeInfo', 'kubeletVersion'])) ?? ''
  if (version !== expected.kubelet) {
    faults.push(`the kubelet of ${name} reports ${version || 'no version'}, not ${expected.kubelet}`)
  }
  return faults
}

/** Pods of the system on the node: those of kube-system, and of the two classes that nothing pushes away. */
function judgeSystemPods(expected: ExpectedHealth, pods: readonly JsonObject[]): string[] {
  const faults: string[] = []
  const here = pods.filter((pod) => valueAt(pod, ['spec', 'nodeName']) === expected.node)
  for (const pod of here) {
    if (!isSystemPod(pod)) continue
    const phase = asString(valueAt(pod, ['status', 'phase']))
    if (phase === 'Succeeded' || valueAt(pod, ['metadata', 'deletionTimestamp']) !== undefined) continue
    if (conditionOf(pod, 'Ready') === 'True') continue
    // What failed before is told by the comparison with before, and need not be mended by an upgrade.
    if (failingPods([pod]).some(({ of }) => expected.failedBefore.has(of))) continue
    faults.push(`the system pod ${fullName(pod)} is not Ready (${phase ?? 'no phase'})`)
  }
  if (expected.controlPlane === undefined) return faults
  for (const component of CONTROL_PLANE) {
    const pod = here.find((each) => nameOf(each) === `${component}-${expected.node}`)
    if (pod === undefined) {
      faults.push(`there is no pod ${component}-${expected.node}`)
      continue
    }
    const tags = imageTags(pod)
    if (!tags.includes(expected.controlPlane)) {
      faults.push(
        `${component} of ${expected.node} runs ${tags.join(', ') || 'an unknown version'}, not ${expected.controlPlane}`,
      )
    }
  }
  return faults
}

function judgeEtcd({ etcdMembers }: ExpectedHealth, { etcd, pods }: SeenHealth): string[] {
  const faults = etcd
    .filter(({ fault }) => fault !== undefined)
    .map(({ member, fault }) => `the member of etcd at ${member} is not healthy: ${fault}`)
  if (etcdMembers === 0) return faults
  const members = pods.filter(isEtcd)
  const ready = members.filter((pod) => conditionOf(pod, 'Ready') === 'True').length
  if (ready < etcdMembers) faults.push(`${ready} of ${etcdMembers} pods of etcd are Ready`)
  return faults
}

/** A static pod of etcd as kubeadm makes it. Source: kubernetes v1.36.2 cmd/kubeadm/app/util/staticpod/utils.go, ComponentPod. */
export function isEtcd(pod: JsonObject): boolean {
  return (
    valueAt(pod, ['metadata', 'namespace']) === 'kube-system' &&
    valueAt(pod, ['metadata', 'labels', 'component']) === 'etcd'
  )
}

function isSystemPod(pod: JsonObject): boolean {
  const priority = asString(valueAt(pod, ['spec', 'priorityClassName'])) ?? ''
  return (
    valueAt(pod, ['metadata', 'namespace']) === 'kube-system' ||
    /^system-(node|cluster)-critical$/.test(priority)
  )
}

/** The tags of a pod's images, without digests. */
export function imageTags(pod: JsonObject): string[] {
  return asList(valueAt(pod, ['spec', 'containers']))
    .map((container) => asString(field(container, 'image')) ?? '')
    .map((image) => /:([\w][\w.-]{0,127})(?:@|$)/.exec(image)?.[1] ?? '')
    .filter((tag) => tag !== '')
}

export function conditionOf(object: JsonObject, type: string): string | undefined {
  const found = asList(valueAt(object, ['status', 'conditions'])).find((each) => field(each, 'type') === type)
  return asString(field(found, 'status'))
}

function nameOf(pod: JsonObject): string {
  return asString(asObject(pod.metadata).name) ?? ''
}

function fullName(pod: JsonObject): string {
  return `${asString(asObject(pod.metadata).namespace) ?? ''}/${nameOf(pod)}`
}
