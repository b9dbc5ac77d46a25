import type { JsonObject } from '../../model/index.js'
import type { DrainOptions } from '../drain/index.js'
import type { Journal } from '../journal/index.js'
import type { PlannedStep, UpgradePlan } from '../../upgrade/index.js'
import type { HostTransport } from './host/index.js'
import type { UpgradeCluster } from './upgrade-cluster.js'

/** Who carries out the commands of a node: a shell, or a person who is told them. */
export type NodeHost =
  { readonly kind: 'shell'; readonly transport: HostTransport } | { readonly kind: 'person' }

/** Shows a person what is to be done, and gives whether he says that it is done. */
export type AskPerson = (
  step: PlannedStep,
  commands: readonly string[],
  signal?: AbortSignal,
) => Promise<boolean>

/** How long each kind of thing may take, in milliseconds. */
export interface UpgradeLimits {
  /** apt or dnf. */
  readonly packages: number
  /** `kubeadm upgrade apply` and `node`. */
  readonly kubeadm: number
  /** Every other command. */
  readonly command: number
  /** From the restart of a kubelet until its node reports the new version. */
  readonly restart: number
  readonly gate: number
  /** The user's own command that makes nodes, and until they are Ready. */
  readonly newNodes: number
  /** Between two looks at the cluster. */
  readonly look: number
}

/**
 * Source: kubernetes v1.36.2 cmd/kubeadm/app/apis/kubeadm/v1beta4/defaults.go gives each control-plane component five
 * minutes (upgradeManifests); there are four, and images are pulled before.
 */
export const USUAL_LIMITS: UpgradeLimits = {
  packages: 15 * 60_000,
  kubeadm: 40 * 60_000,
  command: 15 * 60_000,
  restart: 10 * 60_000,
  gate: 15 * 60_000,
  newNodes: 60 * 60_000,
  look: 2000,
}

/** What the steps of one run work with. */
export interface UpgradeContext {
  readonly plan: UpgradePlan
  readonly runId: string
  readonly journal: Journal
  readonly cluster: UpgradeCluster
  readonly host: (node: string) => NodeHost
  /** For nodes without a shell, and for steps that hold no commands. */
  readonly ask: AskPerson
  /** Where jobs are kept on hosts: an absolute path. */
  readonly jobFolder: string
  /** Where jobs of this machine are kept: below the folder of the run. */
  readonly hereFolder: string
  readonly drain: DrainOptions
  readonly limits: UpgradeLimits
  /** Told what a step waits for. */
  readonly waiting: (step: PlannedStep, text: string) => void
  /** Owners of pods that failed before the upgrade began. */
  readonly failedBefore: () => ReadonlySet<string>
  /** Members of etcd that the cluster had then. */
  readonly etcdMembers: () => number
}

/** What a step that was done kept in the journal. */
export function keptOf({ journal }: Pick<UpgradeContext, 'journal'>, step: string): JsonObject | undefined {
  for (let at = journal.entries.length - 1; at >= 0; at -= 1) {
    const entry = journal.entries[at]
    if (entry?.kind === 'acted' && entry.step === step) return entry.data
  }
  return undefined
}
