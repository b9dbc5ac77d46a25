import type { Journal } from './journal.js'
import { rollBack } from './roll-back.js'
import type { RunObserver, RunOutcome } from './run-event.js'
import type { Step } from './step.js'
import { runStep } from './run-step.js'
import { stepProgress } from './step-progress.js'

export interface RunOptions {
  readonly journal: Journal
  /** The same steps, in the same order, in every process that works on this journal. */
  readonly steps: readonly Step[]
  readonly observer?: RunObserver
  /** Aborted: the running step is told, and the run stops before the next one and stays open. */
  readonly signal?: AbortSignal
  readonly onFailure: 'roll-back' | 'stop'
}

/**
 * Carries out the steps that the journal does not have as done. Taken up after a crash, a step that was begun is first
 * asked whether it holds. A run that was being put back is put back to its end.
 */
export async function runSteps(options: RunOptions): Promise<RunOutcome> {
  const { journal, steps, observer, signal } = options
  const progress = stepProgress(journal.entries)
  if (progress.outcome === 'done') return { kind: 'done', did: [] }
  if (progress.phase !== 'open') return rollBack(options)
  await observer?.event({ kind: 'begin', at: new Date().toISOString() })
  const did: string[] = []
  for (const step of steps) {
    const before = progress.steps.get(step.id)?.state
    if (before === 'checked' || before === 'skipped') continue
    if (signal?.aborted === true)
      return { kind: 'stopped', step: step.id, reason: 'it was interrupted before this step' }
    const reason = await runStep(step, before !== undefined, options)
    if (reason === undefined) {
      did.push(step.id)
      continue
    }
    // An interrupted step is neither done nor refused: it is asked anew when the run is taken up.
    if (options.onFailure === 'stop' || wasAborted(signal)) return { kind: 'stopped', step: step.id, reason }
    return rollBack({ ...options, because: { step: step.id, reason } })
  }
  const end = await journal.append({ kind: 'end', reason: 'done' })
  await observer?.event({ kind: 'end', reason: 'done', at: end.at })
  return { kind: 'done', did }
}

/** The flag may have changed while a step ran, which the type checker does not see. */
function wasAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true
}
