import { shellWord } from '../../../kube/index.js'
import { asString, valueAt, type JsonObject } from '../../../model/index.js'
import type { PlannedStep } from '../../../upgrade/index.js'
import type { Step, StepState } from '../../journal/index.js'
import { failingPods, newFailures } from '../health/failing-pods.js'
import {
  conditionOf,
  failureText,
  imageTags,
  isEtcd,
  judgeHealth,
  type ExpectedHealth,
  type SeenHealth,
} from '../health/judge-health.js'
import type { UpgradeContext } from '../upgrade-context.js'
import { untilHolds } from './cluster-check.js'

/** Waits until a node, or the whole control plane, is healthy. Changes nothing. */
export function gateStep(planned: PlannedStep, context: UpgradeContext): Step {
  // What was seen as healthy once is passed: the check that follows the act asks nothing anew.
  let passed = false
  return {
    id: planned.id,
    title: planned.title,
    check: () => (passed ? Promise.resolve<StepState>({ holds: true }) : look(planned, context)),
    async act(signal) {
      const heartbeat =
        planned.node === '' ? undefined : await context.cluster.heartbeat(planned.node).catch(() => undefined)
      await untilHolds(
        () => look(planned, context, heartbeat ?? ''),
        { within: context.limits.gate, every: context.limits.look, signal },
        (reason) => context.waiting(planned, reason),
      )
      passed = true
      return undefined
    },
    undo: () => Promise.resolve(),
  }
}

/** One look. `since`: the heartbeat after which another must have come; a look by itself takes any that is there. */
async function look(planned: PlannedStep, context: UpgradeContext, since?: string): Promise<StepState> {
  const faults =
    planned.node === '' ? await clusterFaults(planned, context) : await nodeFaults(planned, context, since)
  return faults.length === 0 ? { holds: true } : { holds: false, reason: faults.slice(0, 4).join('; ') }
}

async function nodeFaults(planned: PlannedStep, context: UpgradeContext, since?: string): Promise<string[]> {
  const { cluster } = context
  const etcdPods = context.etcdMembers() === 0 ? [] : (await cluster.systemPods()).filter(isEtcd)
  const here = await cluster.pods(planned.node)
  const seen: SeenHealth = {
    node: await cluster.node(planned.node),
    heartbeat: await cluster.heartbeat(planned.node),
    pods: [...here, ...etcdPods.filter((pod) => valueAt(pod, ['spec', 'nodeName']) !== planned.node)],
    notReady: await cluster.notReady(),
    etcd: await askEtcd(planned, context, etcdPods),
  }
  const faults = judgeHealth(expectedAt(planned, context, since), seen)
  if (faults.length > 0) return faults
  // All pods of a large cluster are asked for last, and once in most cases.
  return newFailures(context.failedBefore(), failingPods(await cluster.pods())).map(failureText)
}

/** What the plan has made of a node when it comes to a step. */
export function expectedAt(planned: PlannedStep, context: UpgradeContext, since?: string): ExpectedHealth {
  const { plan } = context
  const at = plan.steps.findIndex(({ id }) => id === planned.id)
  const before = plan.steps.slice(0, at).filter(({ node }) => node === planned.node)
  const node = plan.nodes.find(({ name }) => name === planned.node)
  const kubelet = before.findLast(({ action }) => action === 'restart-kubelet')
  const kubeadm = before.findLast(({ action }) => action === 'kubeadm-apply' || action === 'kubeadm-node')
  return {
    node: planned.node,
    uid: node?.uid ?? '',
    kubelet: planned.expect?.kubelet ?? kubelet?.version ?? node?.kubelet ?? '',
    controlPlane:
      node === undefined || node.role === 'worker'
        ? undefined
        : (planned.expect?.apiserver ?? kubeadm?.version ?? plan.from),
    heartbeat: since,
    failedBefore: context.failedBefore(),
    etcdMembers: context.etcdMembers(),
  }
}

/** The control plane as a whole: before the first change, and after the last. */
async function clusterFaults(planned: PlannedStep, context: UpgradeContext): Promise<string[]> {
  const { cluster, plan } = context
  const notReady = await cluster.notReady()
  const faults = notReady === undefined ? [] : [`the API server is not ready: ${notReady}`]
  const nodes = new Map((await cluster.nodes()).map((node) => [nameOf(node), node]))
  for (const { name, role } of plan.nodes) {
    const node = nodes.get(name)
    if (role === 'worker') continue
    if (node === undefined) faults.push(`the node ${name} is not there`)
    else if (conditionOf(node, 'Ready') !== 'True') faults.push(`the control-plane node ${name} is not Ready`)
  }
  const pods = await cluster.systemPods()
  for (const [name, version] of serversBefore(planned, context)) {
    const pod = pods.find((each) => nameOf(each) === `kube-apiserver-${name}`)
    if (pod === undefined || !imageTags(pod).includes(version)) {
      faults.push(`kube-apiserver of ${name} is not ${version}`)
    }
  }
  const members = context.etcdMembers()
  if (members === 0) return faults
  const ready = pods.filter((pod) => isEtcd(pod) && conditionOf(pod, 'Ready') === 'True').length
  return ready < members ? [...faults, `${ready} of ${members} pods of etcd are Ready`] : faults
}

/** The versions to which the steps before one brought the API servers. */
function serversBefore({ id }: PlannedStep, { plan }: UpgradeContext): Map<string, string> {
  const versions = new Map<string, string>()
  for (const step of plan.steps) {
    if (step.id === id) break
    const isServer =
      step.action === 'kubeadm-apply' || (step.action === 'kubeadm-node' && step.role !== 'worker')
    if (isServer) versions.set(step.node, step.version)
  }
  return versions
}

const PKI = '/etc/kubernetes/pki'

/**
 * Asks each member of a local etcd through the shell of a control-plane node, by the credential that kubeadm made for
 * API servers. Where the host has no curl, only the pods speak for etcd.
 * Source: etcd v3.6 server/etcdserver/api/etcdhttp/health.go: /health with "health": "true".
 */
async function askEtcd(
  planned: PlannedStep,
  context: UpgradeContext,
  etcdPods: readonly JsonObject[],
): Promise<SeenHealth['etcd']> {
  if (planned.role === 'worker' || planned.role === 'cluster') return []
  const host = context.host(planned.node)
  if (host.kind === 'person') return []
  const members = etcdPods.flatMap((pod) => clientUrl(pod) ?? [])
  if (members.length === 0) return []
  const script = [
    'command -v curl >/dev/null 2>&1 || exit 0',
    ...members.map(
      (url) =>
        `echo ${shellWord(url)} "$(curl -sS -m 5 --cacert ${PKI}/etcd/ca.crt --cert ${PKI}/apiserver-etcd-client.crt --key ${PKI}/apiserver-etcd-client.key ${shellWord(`${url}/health`)} 2>&1 | tr '\\n' ' ')"`,
    ),
  ].join('\n')
  const { stdout } = await host.transport.run(script, { timeoutMs: 60_000 })
  return readEtcdHealth(stdout)
}

/** Lines of an address and what it answered. */
export function readEtcdHealth(
  text: string,
): { readonly member: string; readonly fault: string | undefined }[] {
  return text
    .split('\n')
    .filter((line) => line.startsWith('https://'))
    .map((line) => {
      const [member = '', ...rest] = line.split(' ')
      const answer = rest.join(' ').trim()
      const healthy = /"health" *: *"?true"?/.test(answer)
      return { member, fault: healthy ? undefined : answer.slice(0, 200) || 'no answer' }
    })
}

/** Source: kubernetes v1.36.2 cmd/kubeadm/app/constants/constants.go, EtcdAdvertiseClientUrlsAnnotationKey. */
function clientUrl(pod: JsonObject): string | undefined {
  const url = asString(
    valueAt(pod, ['metadata', 'annotations', 'kubeadm.kubernetes.io/etcd.advertise-client-urls']),
  )
  return url !== undefined && /^https:\/\/[\w.:[\]-]{1,255}$/.test(url) ? url : undefined
}

function nameOf(node: JsonObject): string {
  return asString(valueAt(node, ['metadata', 'name'])) ?? ''
}
