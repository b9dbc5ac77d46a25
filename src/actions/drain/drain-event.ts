import type { DrainError } from './drain-error.js'
import type { DryRun } from './drain-options.js'
import type { PodName } from './drained-pod.js'

/** One thing that happened while nodes were cordoned or drained. */
export type DrainEvent =
  | {
      readonly type: 'cordoned' | 'uncordoned'
      readonly node: string
      /** It was so before; nothing was sent. */
      readonly already: boolean
      readonly dryRun: DryRun
    }
  | { readonly type: 'cordon-failed' | 'uncordon-failed'; readonly node: string; readonly error: DrainError }
  /** Which pods go, and which stay for which reason; nothing was evicted yet. */
  | {
      readonly type: 'chosen'
      readonly node: string
      readonly pods: readonly PodName[]
      readonly warnings: string
    }
  | { readonly type: 'would-evict'; readonly node: string; readonly pod: PodName }
  | {
      readonly type: 'evicting'
      readonly node: string
      readonly pod: PodName
      /** 1 for the first. */
      readonly attempt: number
      readonly dryRun: DryRun
    }
  /** The server did not evict now and will be asked again. */
  | {
      readonly type: 'retry'
      readonly node: string
      readonly pod: PodName
      readonly because: 'too-many-requests' | 'namespace-terminating'
      readonly error: DrainError
      /** What the server names as the cause, as the budget that holds the pod. */
      readonly causes: readonly string[]
      /** Milliseconds until then. */
      readonly after: number
    }
  /** The server named a time to wait before the same question. */
  | {
      readonly type: 'asked-to-wait'
      readonly node: string
      readonly pod: PodName
      readonly error: DrainError
      readonly causes: readonly string[]
      /** Milliseconds. */
      readonly after: number
    }
  /** The pod was told to end; its end is waited for. `due` is when it is to be gone, in milliseconds since the epoch. */
  | {
      readonly type: 'ending'
      readonly node: string
      readonly pod: PodName
      readonly due?: number
      readonly finalizers: readonly string[]
    }
  | {
      readonly type: 'gone'
      readonly node: string
      readonly pod: PodName
      readonly how: 'evicted' | 'deleted'
    }
  /** Its end could not be seen. */
  | {
      readonly type: 'lost'
      readonly node: string
      readonly pod: PodName
      readonly how: 'evicted' | 'deleted'
      readonly error: DrainError
    }
  /** No longer waited for: its deletion was due more than `seconds` ago. */
  | { readonly type: 'skipped'; readonly node: string; readonly pod: PodName; readonly seconds: number }
  /** After a failure: what is still on the node. */
  | {
      readonly type: 'pending'
      readonly node: string
      readonly pods: readonly PodName[]
      readonly error: DrainError
      /** Why the pods could not be chosen anew. */
      readonly errors: readonly DrainError[]
    }
  | { readonly type: 'drained'; readonly node: string; readonly dryRun: DryRun }
  | { readonly type: 'not-drained'; readonly node: string; readonly error: DrainError }

/** Takes each event as it happens. It must not throw. */
export interface DrainObserver {
  event(event: DrainEvent): void
}

export const UNOBSERVED: DrainObserver = { event: () => undefined }
