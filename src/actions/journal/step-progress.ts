import type { JsonObject } from '../../model/index.js'
import type { JournalEntry } from './journal-entry.js'

/**
 * How far a step got.
 * - acting: it was begun, and nobody wrote that it ended: asked anew
 * - acted: it ended, and was not yet checked
 * - left: it could not be put back
 */
export interface StepProgress {
  readonly state: 'skipped' | 'acting' | 'acted' | 'checked' | 'failed' | 'undoing' | 'undone' | 'left'
  readonly kept?: JsonObject
  readonly reason?: string
  /** ISO 8601: the first act, and the last entry. */
  readonly since: string
  readonly until: string
}

export interface RunProgress {
  readonly phase: 'open' | 'rolling-back' | 'ended'
  /** Of an ended run: done, rolled-back or not-rolled-back. */
  readonly outcome?: string
  readonly reason?: string
  /** The step whose failure began the roll-back. */
  readonly failed?: string
  /** In the order in which they were begun. */
  readonly steps: ReadonlyMap<string, StepProgress>
}

const STATES: Partial<Record<JournalEntry['kind'], StepProgress['state']>> = {
  skipped: 'skipped',
  acting: 'acting',
  acted: 'acted',
  checked: 'checked',
  failed: 'failed',
  undoing: 'undoing',
  undone: 'undone',
  'undo-failed': 'left',
}

/** What a journal's entries say of its run. */
export function stepProgress(entries: readonly JournalEntry[]): RunProgress {
  const steps = new Map<string, StepProgress>()
  let phase: RunProgress['phase'] = 'open'
  let outcome: string | undefined
  let reason: string | undefined
  let failed: string | undefined
  for (const entry of entries) {
    const state = STATES[entry.kind]
    if (state !== undefined && entry.step !== undefined) {
      const before = steps.get(entry.step)
      const kept = entry.kind === 'acted' ? entry.data : before?.kept
      steps.set(entry.step, {
        state,
        since: before?.since ?? entry.at,
        until: entry.at,
        ...(kept === undefined ? {} : { kept }),
        ...(entry.reason === undefined ? {} : { reason: entry.reason }),
      })
    }
    if (entry.kind === 'rolling-back') {
      phase = 'rolling-back'
      outcome = undefined
      reason = entry.reason
      failed = entry.step
    }
    if (entry.kind === 'end') {
      phase = 'ended'
      outcome = entry.reason
    }
  }
  return {
    phase,
    steps,
    ...(outcome === undefined ? {} : { outcome }),
    ...(reason === undefined ? {} : { reason }),
    ...(failed === undefined ? {} : { failed }),
  }
}
