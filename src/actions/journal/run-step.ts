import type { Journal } from './journal.js'
import type { JournalEntry } from './journal-entry.js'
import type { RunObserver } from './run-event.js'
import type { Step } from './step.js'

export interface StepOptions {
  readonly journal: Journal
  readonly observer?: RunObserver
  readonly signal?: AbortSignal
}

/**
 * Carries out one step and records each boundary. Gives why it failed, which is recorded too; undefined when it is done.
 * `begun`: the journal has it as begun and not as done, so that it is asked whether it holds before it is done again.
 */
export async function runStep(step: Step, begun: boolean, options: StepOptions): Promise<string | undefined> {
  const reason = await carryOut(step, begun, options)
  if (reason !== undefined) await tell(options, step, { kind: 'failed', step: step.id, reason })
  return reason
}

async function carryOut(step: Step, begun: boolean, options: StepOptions): Promise<string | undefined> {
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
  { journal, observer }: Pick<StepOptions, 'journal' | 'observer'>,
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
