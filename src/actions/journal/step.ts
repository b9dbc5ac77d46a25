import type { JsonObject } from '../../model/index.js'

/** Whether the world is as a step wants it. */
export type StepState = { readonly holds: true } | { readonly holds: false; readonly reason: string }

/**
 * One small state machine: may it, do it, is it so. The same steps are printed as a plan, carried out, taken up again
 * after a crash, and put back.
 */
export interface Step {
  /** Unique in its plan and the same in every process that makes this plan. */
  readonly id: string
  /** One sentence for people. */
  readonly title: string
  /** Why the step may not be done now; undefined when it may. Asked before the first act and before a repeated one. */
  precondition?(signal?: AbortSignal): Promise<string | undefined>
  /** Whether what the step brings about is so. Asked after the act, and first when a killed run is taken up again. */
  check(signal?: AbortSignal): Promise<StepState>
  /**
   * Acts; may throw. What it returns is written to the journal (so it holds no secret) and given to `undo`.
   * INVARIANT: safe to do again when `check` says that it does not hold.
   */
  act(signal?: AbortSignal): Promise<JsonObject | undefined>
  /**
   * Puts back what `act` did. `kept` is what `act` returned, undefined where a crash came first.
   * INVARIANT: safe to do twice, and after half an act. A step without it is left as it is when a run is put back.
   */
  undo?(kept: JsonObject | undefined): Promise<void>
  /** Why there is no way back from here. */
  readonly irreversible?: string
  /** Ask `check` before the first act too, and leave alone what is as it should be (nothing to put back then). */
  readonly skipWhenHolds?: boolean
}
