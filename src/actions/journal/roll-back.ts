import type { Journal } from './journal.js'
import type { RunObserver, RunOutcome } from './run-event.js'
import type { Step } from './step.js'
import { stepProgress, type StepProgress } from './step-progress.js'

export interface RollBackOptions {
  readonly journal: Journal
  readonly steps: readonly Step[]
  readonly observer?: RunObserver
  /** What failed; without it the user asked. */
  readonly because?: { readonly step: string; readonly reason: string }
}

/** Steps that changed nothing: never begun, left alone, or already put back. */
const UNTOUCHED: ReadonlySet<StepProgress['state'] | undefined> = new Set([undefined, 'skipped', 'undone'])

/** Puts a run back, last step first: a finished one, an open one, or one whose putting back was cut short. */
export async function rollBack(options: RollBackOptions): Promise<RunOutcome> {
  const { journal, steps, observer } = options
  const progress = stepProgress(journal.entries)
  if (progress.phase === 'ended' && progress.outcome === 'rolled-back')
    return { kind: 'rolled-back', reason: progress.reason ?? 'it was asked for' }
  const failed = options.because?.step ?? progress.failed
  const reason = options.because?.reason ?? progress.reason ?? 'it was asked for'
  if (progress.phase !== 'rolling-back') {
    const { at } = await journal.append({
      kind: 'rolling-back',
      reason,
      ...(failed === undefined ? {} : { step: failed }),
    })
    await observer?.event({
      kind: 'rolling-back',
      reason,
      at,
      ...(failed === undefined ? {} : { step: failed }),
    })
  }
  const left: { step: string; reason: string }[] = []
  for (const step of [...steps].reverse()) {
    const reached = progress.steps.get(step.id)
    if (UNTOUCHED.has(reached?.state)) continue
    const fault = await undoStep(step, reached, options)
    if (fault !== undefined) left.push({ step: step.id, reason: fault })
  }
  const kind = left.length === 0 ? 'rolled-back' : 'not-rolled-back'
  const { at } = await journal.append({ kind: 'end', reason: kind })
  await observer?.event({ kind: 'end', reason: kind, at })
  const step = failed === undefined ? {} : { step: failed }
  return left.length === 0
    ? { kind: 'rolled-back', reason, ...step }
    : { kind: 'not-rolled-back', reason, left, ...step }
}

/** Why the step is not put back; undefined when it is. */
async function undoStep(
  step: Step,
  reached: StepProgress | undefined,
  { journal, observer }: RollBackOptions,
): Promise<string | undefined> {
  const about = { step: step.id, title: step.title }
  const fault = step.undo === undefined ? (step.irreversible ?? 'this step has no way back') : undefined
  if (fault === undefined) {
    const { at } = await journal.append({ kind: 'undoing', step: step.id })
    await observer?.event({ kind: 'undoing', ...about, at })
    try {
      await step.undo?.(reached?.kept)
      const done = await journal.append({ kind: 'undone', step: step.id })
      await observer?.event({ kind: 'undone', ...about, at: done.at })
      return undefined
    } catch (error) {
      return record(error instanceof Error ? error.message : String(error))
    }
  }
  return record(fault)

  async function record(reason: string): Promise<string> {
    const { at } = await journal.append({ kind: 'undo-failed', step: step.id, reason })
    await observer?.event({ kind: 'undo-failed', ...about, reason, at })
    return reason
  }
}
