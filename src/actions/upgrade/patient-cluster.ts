import { setTimeout as sleep } from 'node:timers/promises'
import { ApiError } from '../../client/index.js'
import { comesBack } from './steps/cluster-check.js'
import type { UpgradeCluster } from './upgrade-cluster.js'

export interface Patience {
  /** How long an API server may be away, and how often it is asked again; milliseconds. */
  readonly restart: number
  readonly look: number
  /** Told why it is waited, each reason once. */
  readonly note: (text: string) => void
  /** Aborted: nothing is waited for any more. */
  readonly signal?: AbortSignal
}

/**
 * The same questions, asked again while the API server starts: a kubelet of another minor starts the static pods of its
 * node anew, some seconds after it has said that it is Ready. `notReady` is left as it is: whoever asks it waits himself.
 */
export function patientCluster(cluster: UpgradeCluster, patience: Patience): UpgradeCluster {
  const ask = <T>(question: () => Promise<T>): Promise<T> => patiently(cluster, patience, question)
  return {
    client: cluster.client,
    uid: () => ask(() => cluster.uid()),
    nodes: () => ask(() => cluster.nodes()),
    node: (name) => ask(() => cluster.node(name)),
    pods: (node) => ask(() => cluster.pods(node)),
    systemPods: () => ask(() => cluster.systemPods()),
    heartbeat: (node) => ask(() => cluster.heartbeat(node)),
    serverVersion: () => ask(() => cluster.serverVersion()),
    notReady: () => cluster.notReady(),
    kubeadmVersion: () => ask(() => cluster.kubeadmVersion()),
    cordon: (name) => ask(() => cluster.cordon(name)),
    uncordon: (name) => ask(() => cluster.uncordon(name)),
    removeNode: (name, uid) => ask(() => cluster.removeNode(name, uid)),
  }
}

/** Asks until the API server answers; throws what it answers once it is ready, or after the limit. */
export async function patiently<T>(
  cluster: Pick<UpgradeCluster, 'notReady'>,
  { restart, look, note, signal }: Patience,
  question: () => Promise<T>,
): Promise<T> {
  const deadline = Date.now() + restart
  let said = ''
  for (;;) {
    try {
      return await question()
    } catch (error) {
      if (Date.now() > deadline || !(await isAway(cluster, error))) throw error
      const reason = error instanceof Error ? error.message : String(error)
      if (reason !== said) note(`waits for the API server: ${reason}`)
      said = reason
    }
    signal?.throwIfAborted()
    await sleep(look, undefined, { signal }).catch(() => undefined)
  }
}

/**
 * An API server that has just started knows no roles yet, and forbids everything to everybody but system:masters. Once it
 * is ready, every identity may ask /readyz (ClusterRole system:public-info-viewer), and a refusal is one.
 */
export async function isAway(cluster: Pick<UpgradeCluster, 'notReady'>, error: unknown): Promise<boolean> {
  if (comesBack(error)) return true
  if (!(error instanceof ApiError) || error.status !== 403) return false
  const notReady = await cluster.notReady().catch((reason: unknown) => String(reason))
  return notReady !== undefined
}
