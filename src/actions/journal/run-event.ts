/**
 * A boundary of a run. All but `returned` are on disk when they are told; `returned` is the moment between an act and its
 * record, where a crash leaves a step of which nobody knows how far it got.
 */
export interface RunEvent {
  readonly kind:
    | 'begin'
    | 'skipped'
    | 'acting'
    | 'returned'
    | 'acted'
    | 'checked'
    | 'failed'
    | 'rolling-back'
    | 'undoing'
    | 'undone'
    | 'undo-failed'
    | 'end'
  readonly step?: string
  readonly title?: string
  readonly reason?: string
  /** ISO 8601, UTC. */
  readonly at: string
}

export interface RunObserver {
  event(event: RunEvent): void | Promise<void>
}

export type RunOutcome =
  | { readonly kind: 'done'; readonly did: readonly string[] }
  /** Stopped at a step; the run is open, and `runSteps` goes on there. */
  | { readonly kind: 'stopped'; readonly step: string; readonly reason: string }
  | { readonly kind: 'rolled-back'; readonly step?: string; readonly reason: string }
  | {
      readonly kind: 'not-rolled-back'
      readonly step?: string
      readonly reason: string
      /** What is still as the run left it, and why. */
      readonly left: readonly { readonly step: string; readonly reason: string }[]
    }
