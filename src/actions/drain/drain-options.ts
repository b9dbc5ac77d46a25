/** Whether anything is changed: `client` sends nothing that could, `server` lets the server do everything but keep it. */
export type DryRun = 'none' | 'client' | 'server'

/** How a node is drained; each as kubectl drain's flag of that name, with kubectl's default where it is absent. */
export interface DrainOptions {
  /** Also pods that nothing would make again elsewhere. */
  readonly force?: boolean
  /** Go on although pods of DaemonSets stay where they are. */
  readonly ignoreDaemonSets?: boolean
  /** Also pods whose emptyDir volumes are lost with them. */
  readonly deleteEmptyDirData?: boolean
  /** Seconds that each pod gets to end; below zero (the default) as long as the pod itself says, 0 none at all. */
  readonly gracePeriodSeconds?: number
  /** Milliseconds for all pods of one node; 0 (the default) is no limit. */
  readonly timeout?: number
  /** Label selector for the pods of the node; the empty one is all of them. */
  readonly podSelector?: string
  /** Delete instead of evict: budgets are not asked. */
  readonly disableEviction?: boolean
  /** Pods whose deletion was due more than so many seconds ago are not waited for; 0 (the default) waits for all. */
  readonly skipWaitForDeleteTimeoutSeconds?: number
  /** Pods of one page of the list; 500 where it is absent, 0 asks for all at once. */
  readonly chunkSize?: number
  readonly dryRun?: DryRun
  /** Of several nodes, drain also those that cannot be cordoned, as kubectl does: pods may come back to them. */
  readonly evenUncordoned?: boolean
  /** Ends the drain where it stands: nothing further is evicted, and nothing is put back. */
  readonly signal?: AbortSignal
  /** Milliseconds, for tests: between two evictions of one pod (5000), and between two looks at a pod that goes (1000). */
  readonly pace?: { readonly retry?: number; readonly poll?: number }
}

/** The same with every default filled in. */
export type Settled = Required<Omit<DrainOptions, 'signal' | 'pace'>> & {
  readonly signal: AbortSignal
  readonly retryAfter: number
  readonly pollEvery: number
}

/** Source: kubectl v0.36.3 pkg/cmd/drain/drain.go, NewDrainCmdOptions; pkg/drain/drain.go, evictPods. */
export function settle(options: DrainOptions): Settled {
  return {
    force: options.force ?? false,
    ignoreDaemonSets: options.ignoreDaemonSets ?? false,
    deleteEmptyDirData: options.deleteEmptyDirData ?? false,
    gracePeriodSeconds: options.gracePeriodSeconds ?? -1,
    timeout: options.timeout ?? 0,
    podSelector: options.podSelector ?? '',
    disableEviction: options.disableEviction ?? false,
    skipWaitForDeleteTimeoutSeconds: options.skipWaitForDeleteTimeoutSeconds ?? 0,
    chunkSize: options.chunkSize ?? 500,
    dryRun: options.dryRun ?? 'none',
    evenUncordoned: options.evenUncordoned ?? false,
    signal: options.signal ?? new AbortController().signal,
    retryAfter: options.pace?.retry ?? 5000,
    pollEvery: options.pace?.poll ?? 1000,
  }
}
