import type { JsonObject } from '../../../src/model/index.js'
import type { Recorded } from './recording-proxy.js'

/** A pod on the node of a row; it runs, is ready and belongs to a ReplicaSet unless something else is said. */
export interface PodGiven {
  readonly name: string
  readonly owner?: 'ReplicaSet' | 'DaemonSet' | 'none'
  /** Name of the DaemonSet; it is there unless `gone`. */
  readonly daemonSet?: string
  readonly emptyDir?: boolean
  readonly hostPath?: boolean
  readonly mirror?: boolean
  readonly phase?: 'Running' | 'Pending' | 'Succeeded' | 'Failed'
  readonly ready?: boolean
  readonly labels?: Readonly<Record<string, string>>
  readonly finalizers?: readonly string[]
  readonly grace?: number
  /** Which node of the row: `a` (the first one) or `b`. */
  readonly node?: 'a' | 'b'
  /** Told to end before the row begins, with so many seconds. */
  readonly deleted?: number
}

/** A budget with the status that a controller would have written. */
export interface BudgetGiven {
  readonly name: string
  readonly spec: JsonObject
  readonly status?: JsonObject
}

/** What a scene lets a row do while a drain runs. */
export interface Stage {
  readonly namespace: string
  readonly node: (which: 'a' | 'b') => string
  patchBudget(name: string, status: JsonObject): Promise<unknown>
  patchPod(name: string, patch: JsonObject): Promise<unknown>
  /** Deletes at once, as a kubelet does in the end. */
  removePod(name: string): Promise<void>
  /** Asks for its deletion. */
  deletePod(name: string, grace: number): Promise<unknown>
  request(method: string, path: string, body?: JsonObject, type?: string): Promise<JsonObject>
}

/** One row of the table: a start, a command, and what happens meanwhile. */
export interface Row {
  readonly name: string
  readonly command?: 'drain' | 'cordon' | 'uncordon'
  /** Arguments behind the command; NODE and NODE-B stand for the names, LABEL for a label that both nodes have. */
  readonly args: readonly string[]
  readonly twoNodes?: boolean
  readonly cordoned?: boolean
  readonly pods?: readonly PodGiven[]
  readonly budgets?: readonly BudgetGiven[]
  /** DaemonSets that are there. */
  readonly daemonSets?: readonly string[]
  /** What happens to a pod that was told to end: it goes, stays for ever, or another of its name comes. */
  readonly kubelet?: 'ends' | 'never' | 'replaces'
  /** Rights of the user; the administrator where it is absent. */
  readonly rights?: readonly JsonObject[]
  readonly prepare?: (stage: Stage) => Promise<unknown>
  /** Before a request is passed on; `count` says how many like it there were, with it. */
  readonly before?: (request: Recorded, stage: Stage, count: number) => unknown
  readonly after?: (request: Recorded, status: number, stage: Stage, count: number) => unknown
  readonly rewrite?: (request: Recorded, body: string) => string
  /** What ours says beside kubectl's lines, where it may. */
  readonly explains?: RegExp
  /** Ours is meant to differ, and how; the row is told apart and not counted as equal. */
  readonly wanted?: string
  /** What ours is expected to do there. */
  readonly ours?: { readonly exit: number; readonly says: RegExp }
}
