import type { UpgradePlan } from '../../upgrade/index.js'
import type { JournalEntry } from '../journal/index.js'

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

/** How far a run is, and how long the rest takes by the nodes that are done. */
export interface RunTimes {
  readonly nodesDone: number
  readonly nodes: number
  /** Undefined before a node of each kind that is left was done. */
  readonly secondsLeft: number | undefined
}

/** Visits are of two kinds, control plane and worker; each kind is estimated by the median of its own. */
export function runTimes(plan: UpgradePlan, entries: readonly JournalEntry[], beside: number): RunTimes {
  const times = nodeTimes(plan, entries)
  const done = new Map<string, number[]>()
  const finished = new Set<string>()
  for (const { visit, role, seconds, ended } of times) {
    if (ended === undefined) continue
    finished.add(visit)
    const own = done.get(kindOf(role))
    if (own === undefined) done.set(kindOf(role), [seconds])
    else own.push(seconds)
  }
  const left = new Map<string, number>()
  const visits = new Set<string>()
  for (const { id, node, role } of plan.steps) {
    const key = visitOf(id, node)
    if (node === '' || visits.has(key)) continue
    visits.add(key)
    if (!finished.has(key)) left.set(kindOf(role), (left.get(kindOf(role)) ?? 0) + 1)
  }
  let seconds: number | undefined = 0
  for (const [kind, count] of left) {
    const each = median(done.get(kind) ?? [])
    if (each === undefined || seconds === undefined) seconds = undefined
    else seconds += each * (kind === 'worker' ? Math.ceil(count / Math.max(1, beside)) : count)
  }
  return { nodesDone: finished.size, nodes: visits.size, secondsLeft: seconds }
}

/** Ids begin with the stage: `1.36/worker-7/drain`. */
export function visitOf(id: string, node: string): string {
  return `${id.split('/')[0] ?? ''} ${node}`
}

function kindOf(role: string): string {
  return role === 'worker' ? 'worker' : 'control-plane'
}

function median(values: readonly number[]): number | undefined {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  if (sorted.length === 0) return undefined
  const high = sorted[middle] as number
  return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] as number)) / 2
}
