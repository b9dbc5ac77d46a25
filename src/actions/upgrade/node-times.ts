import type { UpgradePlan } from '../../upgrade/index.js'
import type { JournalEntry } from '../journal/index.js'
import { RunMeter, type RunTimes } from './run-meter.js'
import { visitOf } from './visits.js'

/** One node in one minor, as it was measured. */
export interface NodeTime {
  /** Stage and node: a node may be visited in several stages. */
  readonly visit: string
  readonly node: string
  readonly minor: string
  readonly role: string
  readonly steps: number
  /** The sum of its steps, so that pauses between them do not count. */
  readonly seconds: number
  /** ISO 8601; of the last step only when all are done. */
  readonly began: string
  readonly ended: string | undefined
}

/** When steps began and ended; a step that was done twice counts from its last beginning. */
export function nodeTimes(plan: UpgradePlan, entries: readonly JournalEntry[]): NodeTime[] {
  const began = new Map<string, number>()
  const ended = new Map<string, number>()
  for (const { kind, step, at } of entries) {
    if (step === undefined) continue
    if (kind === 'acting') {
      began.set(step, Date.parse(at))
      ended.delete(step)
    } else if (kind === 'checked' || kind === 'skipped') {
      ended.set(step, Date.parse(at))
      if (!began.has(step)) began.set(step, Date.parse(at))
    } else if (kind === 'undone') ended.delete(step)
  }
  const visits = new Map<string, { node: string; minor: string; role: string; ids: string[] }>()
  for (const { id, node, minor, role } of plan.steps) {
    if (node === '') continue
    const key = visitOf(id, node)
    const visit = visits.get(key)
    if (visit === undefined) visits.set(key, { node, minor, role, ids: [id] })
    else visit.ids.push(id)
  }
  const times: NodeTime[] = []
  for (const [visit, { node, minor, role, ids }] of visits) {
    const starts = ids.flatMap((id) => began.get(id) ?? [])
    if (starts.length === 0) continue
    const done = ids.every((id) => ended.has(id))
    const spent = ids.reduce(
      (sum, id) => sum + Math.max(0, (ended.get(id) ?? 0) - (began.get(id) ?? Infinity)),
      0,
    )
    times.push({
      visit,
      node,
      minor,
      role,
      steps: ids.length,
      seconds: Math.round(spent / 1000),
      began: new Date(Math.min(...starts)).toISOString(),
      ended: done ? new Date(Math.max(...ids.map((id) => ended.get(id) ?? 0))).toISOString() : undefined,
    })
  }
  return times
}

/** How far a run is by its whole journal. */
export function runTimes(plan: UpgradePlan, entries: readonly JournalEntry[], beside: number): RunTimes {
  return new RunMeter(plan, beside).read(entries)
}
