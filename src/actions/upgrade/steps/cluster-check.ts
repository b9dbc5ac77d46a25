import { setTimeout as sleep } from 'node:timers/promises'
import { ApiError, ConnectionError } from '../../../client/index.js'
import { asString, RampartError, valueAt, type JsonObject } from '../../../model/index.js'
import type { PlannedStep } from '../../../upgrade/index.js'
import type { StepState } from '../../journal/index.js'
import { HostUnreachable } from '../host/index.js'
import { imageTags } from '../health/judge-health.js'
import type { UpgradeContext } from '../upgrade-context.js'

const HOLDS: StepState = { holds: true }

/** Whether the cluster shows what a step brings about; holds for steps of which it shows nothing. */
export async function clusterCheck(planned: PlannedStep, context: UpgradeContext): Promise<StepState> {
  if (planned.action === 'restart-kubelet') return kubeletReports(planned, context)
  if (planned.action === 'kubeadm-apply') {
    const kept = await context.cluster.kubeadmVersion()
    if (kept !== planned.version) {
      return {
        holds: false,
        reason: `the ConfigMap kubeadm-config says ${kept ?? 'no version'}, not ${planned.version}`,
      }
    }
  }
  if (
    planned.action === 'kubeadm-apply' ||
    (planned.action === 'kubeadm-node' && planned.role !== 'worker')
  ) {
    return apiServerRuns(planned, context)
  }
  return HOLDS
}

async function kubeletReports(
  { node: name, version }: PlannedStep,
  { cluster }: UpgradeContext,
): Promise<StepState> {
  const node = await cluster.node(name)
  if (node === undefined) return { holds: false, reason: `there is no node ${name}` }
  const reported = asString(valueAt(node, ['status', 'nodeInfo', 'kubeletVersion'])) ?? ''
  return reported === version
    ? HOLDS
    : { holds: false, reason: `the kubelet of ${name} reports ${reported || 'no version'}, not ${version}` }
}

/** The static pod as the API server shows it: its mirror comes some seconds after the manifest. */
async function apiServerRuns(
  { node, version }: PlannedStep,
  { cluster }: UpgradeContext,
): Promise<StepState> {
  const name = `kube-apiserver-${node}`
  const pods = await cluster.pods(node)
  const pod = pods.find((each: JsonObject) => valueAt(each, ['metadata', 'name']) === name)
  if (pod === undefined) return { holds: false, reason: `there is no pod ${name}` }
  const tags = imageTags(pod)
  return tags.includes(version)
    ? HOLDS
    : { holds: false, reason: `${name} runs ${tags.join(', ') || 'an unknown version'}, not ${version}` }
}

/** Waits until the cluster shows what the step brought about; throws what it shows instead after the limit. */
export async function untilCluster(
  planned: PlannedStep,
  context: UpgradeContext,
  signal?: AbortSignal,
): Promise<void> {
  await untilHolds(
    () => clusterCheck(planned, context),
    { within: context.limits.restart, every: context.limits.look, signal },
    (reason) => context.waiting(planned, reason),
  )
}

/** Looks again and again; an API server that is away for a while is one of the things that are waited for. */
export async function untilHolds(
  look: () => Promise<StepState>,
  {
    within,
    every,
    signal,
  }: { readonly within: number; readonly every: number; readonly signal?: AbortSignal | undefined },
  waiting: (reason: string) => void,
): Promise<void> {
  const deadline = Date.now() + within
  for (;;) {
    const state = await lookedAt(look)
    if (state.holds) return
    signal?.throwIfAborted()
    if (Date.now() > deadline)
      throw new RampartError('unreachable', `after ${within / 1000} s: ${state.reason}`)
    waiting(state.reason)
    await sleep(every, undefined, { signal }).catch(() => undefined)
  }
}

async function lookedAt(look: () => Promise<StepState>): Promise<StepState> {
  try {
    return await look()
  } catch (error) {
    if (!comesBack(error)) throw error
    return { holds: false, reason: error.message }
  }
}

/** What an API server answers, or does not, while it or its etcd starts again. */
export function comesBack(error: unknown): error is RampartError {
  // A certificate that is not believed will not be in a minute either.
  if (error instanceof HostUnreachable) return true
  if (error instanceof ConnectionError) return !/^(CERT|ERR_TLS|UNABLE|DEPTH|SELF)_/.test(error.errno)
  return error instanceof ApiError && (error.status >= 500 || error.status === 429)
}

/** Why nothing may be done to a node now: it is gone, or another one has its name. */
export async function refusalOfNode(
  { node: name }: PlannedStep,
  context: UpgradeContext,
): Promise<string | undefined> {
  const planned = context.plan.nodes.find((each) => each.name === name)
  if (planned === undefined) return `the plan does not know the node ${name}`
  const node = await context.cluster.node(name)
  if (node === undefined) return `the node ${name} is not there any more: make a new plan`
  const uid = asString(valueAt(node, ['metadata', 'uid'])) ?? ''
  return planned.uid === '' || planned.uid === uid
    ? undefined
    : `the node ${name} was made anew since the plan (its UID differs): make a new plan`
}
