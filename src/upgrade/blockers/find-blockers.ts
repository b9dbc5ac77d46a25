import { indexObjects } from '../../kube/index.js'
import { compareText, formatRef, type Estate } from '../../model/index.js'
import type { UpgradeData } from '../data/index.js'
import type { ClusterInventory } from '../inventory/index.js'
import { apiRemoved } from './api-removed.js'
import {
  BLOCKER_LEVELS,
  type Blocker,
  type BlockerCheck,
  type BlockerContext,
  type BlockerLevel,
} from './blocker.js'
import { certificateEnds } from './certificate-ends.js'
import { drainBudgets, drainTwoBudgets } from './drain-budgets.js'
import { drainCapacity } from './drain-capacity.js'
import { drainLocalStorage, drainSingleReplica, drainUnmanagedPods } from './drain-pods.js'
import { drainWebhooks } from './drain-webhooks.js'
import { etcdHop } from './etcd-hop.js'
import { kubeadmUndoes } from './kubeadm-undoes.js'
import { cgroupV1, containerd1, csrPending, nodeNotReady } from './node-state.js'
import { removedFlags, removedGates } from './removed-flags.js'
import { skewBroken } from './skew-broken.js'

/** Every check of what may be in the way of an upgrade. */
export const BLOCKER_CHECKS: readonly BlockerCheck[] = [
  apiRemoved,
  removedFlags,
  removedGates,
  skewBroken,
  nodeNotReady,
  etcdHop,
  cgroupV1,
  containerd1,
  certificateEnds,
  csrPending,
  kubeadmUndoes,
  drainBudgets,
  drainTwoBudgets,
  drainSingleReplica,
  drainUnmanagedPods,
  drainLocalStorage,
  drainWebhooks,
  drainCapacity,
]

/** What blockers are looked for in. */
export interface BlockersInput {
  readonly estate: Estate
  readonly inventory: ClusterInventory
  readonly data: UpgradeData
  readonly from: number
  readonly to: number
  readonly now: number
}

/** Everything in the way, worst first, then in the order of the minors with which it bites. */
export function findBlockers(
  input: BlockersInput,
  checks: readonly BlockerCheck[] = BLOCKER_CHECKS,
): Blocker[] {
  const context: BlockerContext = { ...input, index: indexObjects(input.estate) }
  return checks
    .flatMap((check) => check.find(context))
    .sort(
      (a, b) =>
        BLOCKER_LEVELS.indexOf(a.level) - BLOCKER_LEVELS.indexOf(b.level) ||
        minorOf(a) - minorOf(b) ||
        compareText(a.check, b.check) ||
        compareText(subjectText(a), subjectText(b)) ||
        compareText(a.message, b.message),
    )
}

/** Whether any blocker is at or above a level; `none` is never reached. */
export function reachesLevel(blockers: readonly Blocker[], failOn: BlockerLevel | 'none'): boolean {
  if (failOn === 'none') return false
  const limit = BLOCKER_LEVELS.indexOf(failOn)
  return blockers.some(({ level }) => BLOCKER_LEVELS.indexOf(level) <= limit)
}

function minorOf({ minor }: Blocker): number {
  return minor === undefined ? 0 : Number(minor.split('.')[1])
}

/** What a blocker is about, in words. */
export function subjectText({ subject }: Pick<Blocker, 'subject'>): string {
  switch (subject.kind) {
    case 'object':
      return formatRef(subject.object)
    case 'node':
      return `node ${subject.node}`
    case 'component':
      return subject.node === '' ? subject.component : `${subject.component} of ${subject.node}`
    case 'cluster':
      return 'the cluster'
  }
}
