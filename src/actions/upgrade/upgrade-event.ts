import type { RunEvent } from '../journal/index.js'

/** What happens while an upgrade runs, for whoever shows it. */
export type UpgradeEvent =
  /** A boundary of a step; it is in the journal. */
  | (RunEvent & {
      readonly type: 'step'
      readonly node?: string
      readonly action?: string
      readonly minor?: string
    })
  /** A step waits. Not in the journal. */
  | {
      readonly type: 'waiting'
      readonly at: string
      readonly step: string
      readonly node: string
      readonly title: string
      readonly for: string
    }
  /** How far the whole is. `secondsLeft`: from nodes that are done; absent before the first. */
  | {
      readonly type: 'progress'
      readonly at: string
      readonly done: number
      readonly steps: number
      readonly nodesDone: number
      readonly nodes: number
      readonly secondsLeft?: number
    }
  /** Something that the user should know. */
  | { readonly type: 'note'; readonly at: string; readonly text: string }

export interface UpgradeObserver {
  event(event: UpgradeEvent): void | Promise<void>
}

/** The end of one process's work on an upgrade. */
export type UpgradeOutcome =
  | { readonly kind: 'done' }
  /** Between two steps, as the user asked. */
  | { readonly kind: 'paused' }
  /** At a step that failed, or that was interrupted. The run is open. */
  | {
      readonly kind: 'stopped'
      readonly step: string
      readonly reason: string
      /** The state of each node that is in the middle of its steps, one sentence each. */
      readonly nodes: readonly string[]
    }
  | {
      readonly kind: 'put-back'
      /** What stays as the run left it, and why. */
      readonly left: readonly { readonly step: string; readonly reason: string }[]
    }
