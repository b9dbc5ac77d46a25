import {
  runStep,
  stepProgress,
  type Journal,
  type RunObserver,
  type RunProgress,
  type Step,
} from '../journal/index.js'
import type { PlannedStep } from '../../upgrade/index.js'
import type { Lane, Stage } from './schedule.js'

/** Where the lanes of a plan ended. */
export type LanesOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'paused' }
  | { readonly kind: 'stopped'; readonly step: string; readonly reason: string }

export interface LanesOptions {
  readonly stages: readonly Stage[]
  readonly stepOf: (planned: PlannedStep) => Step
  readonly journal: Journal
  readonly observer: RunObserver
  readonly signal: AbortSignal
  /** Asked before each step; throws where the step may not begin (the Lease is another's). */
  readonly before: (planned: PlannedStep) => Promise<void>
  readonly after: (planned: PlannedStep) => void
  /** Whether the user wants the run to stop before the next step. */
  readonly paused: () => boolean
}

/**
 * Carries out the stages one after another, and the lanes of a stage beside each other as far as it allows. After the
 * first failure no step is begun; those that run are waited for.
 * INVARIANT: a step that the journal has as done is not done again, and none is begun before those before it in its lane
 * and in earlier stages are done.
 */
export async function runLanes(options: LanesOptions): Promise<LanesOutcome> {
  for (const stage of options.stages) {
    const outcome = await runStage(stage, options)
    if (outcome.kind !== 'done') return outcome
  }
  return { kind: 'done' }
}

async function runStage(stage: Stage, options: LanesOptions): Promise<LanesOutcome> {
  // As it was when the stage began: nobody but its own lane touches a step, and each lane goes once.
  const { steps: reached } = stepProgress(options.journal.entries)
  const waiting = begunFirst(stage.lanes, reached)
  let outcome: LanesOutcome = { kind: 'done' }
  const worker = async (): Promise<void> => {
    for (;;) {
      const lane = outcome.kind === 'done' ? waiting.shift() : undefined
      if (lane === undefined) return
      const ended = await runLane(lane, reached, options, () => outcome.kind !== 'done')
      // A failure says more than the pause of another lane.
      if (ended.kind === 'stopped' && outcome.kind !== 'stopped') outcome = ended
      else if (ended.kind === 'paused' && outcome.kind === 'done') outcome = ended
    }
  }
  await Promise.all(Array.from({ length: Math.min(stage.beside, waiting.length) }, worker))
  return outcome
}

/** Nodes in the middle of their steps come first: as long as they are away, no other may go. */
function begunFirst(lanes: readonly Lane[], steps: Reached): Lane[] {
  const isDone = (id: string): boolean => DONE.has(steps.get(id)?.state ?? '')
  const open = lanes.filter((lane) => !lane.steps.every(({ id }) => isDone(id)))
  const begun = open.filter((lane) => lane.steps.some(({ id }) => steps.has(id)))
  const first = new Set(begun)
  return [...begun, ...open.filter((lane) => !first.has(lane))]
}

const DONE: ReadonlySet<string> = new Set(['checked', 'skipped'])

type Reached = RunProgress['steps']

async function runLane(
  lane: Lane,
  steps: Reached,
  options: LanesOptions,
  stopped: () => boolean,
): Promise<LanesOutcome> {
  for (const planned of lane.steps) {
    const reached = steps.get(planned.id)?.state
    if (reached !== undefined && DONE.has(reached)) continue
    if (stopped()) return { kind: 'done' }
    if (options.paused()) return { kind: 'paused' }
    if (options.signal.aborted) {
      return { kind: 'stopped', step: planned.id, reason: 'it was interrupted before this step' }
    }
    const { journal, observer, signal } = options
    let reason: string | undefined
    try {
      await options.before(planned)
      // One that was put back is begun anew, as if it had never been.
      const begun = reached !== undefined && reached !== 'undone'
      reason = await runStep(options.stepOf(planned), begun, { journal, observer, signal })
    } catch (error) {
      reason = error instanceof Error ? error.message : String(error)
    } finally {
      options.after(planned)
    }
    if (reason !== undefined) return { kind: 'stopped', step: planned.id, reason }
  }
  return { kind: 'done' }
}
