import type { UpgradePlan } from '../../upgrade/index.js'
import type { JournalEntry } from '../journal/index.js'
import { kindOf, visitOf } from './visits.js'

/** How far a run is, and how long the rest takes by the nodes that are done. */
export interface RunTimes {
  /** Steps that are checked, or were so already. */
  readonly done: number
  readonly nodesDone: number
  readonly nodes: number
  /** Undefined before a node of each kind that is left was done. */
  readonly secondsLeft: number | undefined
}

/** One node in one minor: its steps, and how many of them ended. */
interface Visit {
  readonly kind: string
  readonly ids: string[]
  ended: number
  /** What it took, while all its steps are ended. */
  seconds: number | undefined
}

/**
 * Measures a run while it goes on. Each look reads only what the journal got since the last one: a run of five thousand
 * nodes has two hundred thousand entries, and is asked after each step. Visits are of two kinds, control plane and worker;
 * each kind is estimated by the median of its own.
 */
export class RunMeter {
  private readonly visits = new Map<string, Visit>()
  private readonly visitOfStep = new Map<string, Visit>()
  private readonly began = new Map<string, number>()
  private readonly ended = new Map<string, number>()
  private readonly done = new Set<string>()
  /** Seconds of the visits that are done, in order, by kind. */
  private readonly times = new Map<string, number[]>()
  private readonly left = new Map<string, number>()
  private position = 0
  private nodesDone = 0

  /** `beside`: workers that may be away at the same time. */
  constructor(
    plan: Pick<UpgradePlan, 'steps'>,
    private readonly beside: number,
  ) {
    for (const { id, node, role } of plan.steps) {
      const key = visitOf(id, node)
      let visit = this.visits.get(key)
      if (visit === undefined || node === '') {
        // Steps of no node count as steps, and take no part in the times of nodes.
        visit = { kind: node === '' ? '' : kindOf(role), ids: [], ended: 0, seconds: undefined }
        if (node !== '') {
          this.visits.set(key, visit)
          this.left.set(visit.kind, (this.left.get(visit.kind) ?? 0) + 1)
        }
      }
      visit.ids.push(id)
      this.visitOfStep.set(id, visit)
    }
  }

  /** `entries`: those of the journal, of which only more may come. */
  read(entries: readonly JournalEntry[]): RunTimes {
    for (; this.position < entries.length; this.position += 1)
      this.take(entries[this.position] as JournalEntry)
    return {
      done: this.done.size,
      nodesDone: this.nodesDone,
      nodes: this.visits.size,
      secondsLeft: this.secondsLeft(),
    }
  }

  private take({ kind, step, at }: JournalEntry): void {
    if (step === undefined || kind === 'note' || kind === 'rolling-back') return
    const visit = this.visitOfStep.get(step)
    if (visit === undefined) return
    if (kind === 'checked' || kind === 'skipped') {
      this.done.add(step)
      if (!this.began.has(step)) this.began.set(step, Date.parse(at))
      this.end(step, visit, Date.parse(at))
      return
    }
    this.done.delete(step)
    if (kind === 'acting') this.began.set(step, Date.parse(at))
    if (kind === 'acting' || kind === 'undone') this.reopen(step, visit)
  }

  private end(step: string, visit: Visit, at: number): void {
    this.reopen(step, visit)
    this.ended.set(step, at)
    visit.ended += 1
    if (visit.ended < visit.ids.length || visit.kind === '') return
    const spent = visit.ids.reduce(
      (sum, id) => sum + Math.max(0, (this.ended.get(id) ?? 0) - (this.began.get(id) ?? Infinity)),
      0,
    )
    visit.seconds = Math.round(spent / 1000)
    const own = this.times.get(visit.kind) ?? []
    own.splice(placeOf(own, visit.seconds), 0, visit.seconds)
    this.times.set(visit.kind, own)
    this.left.set(visit.kind, (this.left.get(visit.kind) ?? 0) - 1)
    this.nodesDone += 1
  }

  private reopen(step: string, visit: Visit): void {
    if (!this.ended.delete(step)) return
    visit.ended -= 1
    if (visit.seconds === undefined) return
    const own = this.times.get(visit.kind) ?? []
    own.splice(placeOf(own, visit.seconds), 1)
    visit.seconds = undefined
    this.left.set(visit.kind, (this.left.get(visit.kind) ?? 0) + 1)
    this.nodesDone -= 1
  }

  private secondsLeft(): number | undefined {
    let seconds = 0
    for (const [kind, count] of this.left) {
      if (count === 0) continue
      const each = median(this.times.get(kind) ?? [])
      if (each === undefined) return undefined
      seconds += each * (kind === 'worker' ? Math.ceil(count / Math.max(1, this.beside)) : count)
    }
    return seconds
  }
}

function median(sorted: readonly number[]): number | undefined {
  const middle = sorted.length >> 1
  if (sorted.length === 0) return undefined
  const high = sorted[middle] as number
  return sorted.length % 2 === 1 ? high : (high + (sorted[middle - 1] as number)) / 2
}

/** Where a number stands, or would stand, among sorted ones. */
function placeOf(sorted: readonly number[], value: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] as number) < value) low = middle + 1
    else high = middle
  }
  return low
}
