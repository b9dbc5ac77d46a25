import type { Journal } from './journal.js'
import type { JournalEntry } from './journal-entry.js'
import { rollBack } from './roll-back.js'
import type { RunObserver, RunOutcome } from './run-event.js'
import type { Step } from './step.js'
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
    const reason = await carryOut(step, before !== undefined, options)
    if (reason === undefined) {
      did.push(step.id)
      continue
    }
    await tell(options, step, { kind: 'failed', step: step.id, reason })
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

/** Why the step failed; undefined when it is done. */
async function carryOut(step: Step, begun: boolean, options: RunOptions): Promise<string | undefined> {
  const { observer, signal } = options
  try {
    if (begun || step.skipWhenHolds === true) {
      const state = await step.check(signal)
      if (state.holds) {
        await tell(options, step, { kind: begun ? 'checked' : 'skipped', step: step.id })
        return undefined
      }
    }
    const refusal = await step.precondition?.(signal)
    if (refusal !== undefined) return refusal
    await tell(options, step, { kind: 'acting', step: step.id })
    const kept = await step.act(signal)
    await observer?.event({
      kind: 'returned',
      step: step.id,
      title: step.title,
      at: new Date().toISOString(),
    })
    await tell(options, step, {
      kind: 'acted',
      step: step.id,
      ...(kept === undefined ? {} : { data: kept }),
    })
    const state = await step.check(signal)
    if (!state.holds) return state.reason
    await tell(options, step, { kind: 'checked', step: step.id })
    return undefined
  } catch (error) {
    return reasonOf(error)
  }
}

/** To the disk first, then to whoever looks on. */
async function tell(
  { journal, observer }: Pick<RunOptions, 'journal' | 'observer'>,
  step: Step,
  entry: Omit<JournalEntry, 'at' | 'kind'> & {
    readonly kind: 'skipped' | 'acting' | 'acted' | 'checked' | 'failed'
  },
): Promise<void> {
  const { at } = await journal.append(entry)
  await observer?.event({
    kind: entry.kind,
    step: step.id,
    title: step.title,
    at,
    ...(entry.reason === undefined ? {} : { reason: entry.reason }),
  })
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
