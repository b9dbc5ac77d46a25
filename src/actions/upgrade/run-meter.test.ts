import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PlannedStep } from '../../upgrade/index.js'
import { stepProgress, type JournalEntry } from '../journal/index.js'
import { nodeTimes } from './node-times.js'
import { RunMeter } from './run-meter.js'

const step = (id: string, node: string, role: string): PlannedStep => ({ id, node, role }) as PlannedStep
const steps = [
  step('1.37/cluster/health-gate', '', 'cluster'),
  step('1.37/cp/kubeadm-apply', 'cp', 'first-control-plane'),
  ...['w-1', 'w-2', 'w-3'].flatMap((node) =>
    ['drain', 'restart-kubelet'].map((action) => step(`1.37/${node}/${action}`, node, 'worker')),
  ),
  step('1.37/cluster/health-gate-2', '', 'cluster'),
]
const plan = { steps } as unknown as Parameters<typeof nodeTimes>[0]

const entries = fc
  .array(
    fc.record({
      step: fc.constantFrom(...steps.map(({ id }) => id), 'unknown'),
      kind: fc.constantFrom<JournalEntry['kind']>(
        'note',
        'acting',
        'acted',
        'checked',
        'skipped',
        'failed',
        'undoing',
        'undone',
        'undo-failed',
      ),
      wait: fc.integer({ min: 0, max: 100 }),
    }),
    { maxLength: 60 },
  )
  .map((given) => {
    let at = Date.parse('2026-11-26T20:00:00Z')
    return given.map(({ step: id, kind, wait }): JournalEntry => {
      at += wait * 1000
      return { step: id, kind, at: new Date(at).toISOString() }
    })
  })

/** The same by one look at the whole journal, from the times that the report shows. */
function slowly(given: readonly JournalEntry[], beside: number) {
  const { steps: reached } = stepProgress(given)
  const isDone = ({ id }: PlannedStep): boolean => /^(checked|skipped)$/.test(reached.get(id)?.state ?? '')
  const finished = nodeTimes(plan, given).filter(({ ended }) => ended !== undefined)
  const left = (workers: boolean): number =>
    (workers ? 3 : 1) - finished.filter(({ role }) => (role === 'worker') === workers).length
  const median = (workers: boolean): number => {
    const own = finished.filter(({ role }) => (role === 'worker') === workers).map(({ seconds }) => seconds)
    const sorted = own.sort((a, b) => a - b)
    return ((sorted[(sorted.length - 1) >> 1] ?? NaN) + (sorted[sorted.length >> 1] ?? NaN)) / 2
  }
  const part = (workers: boolean): number =>
    left(workers) === 0 ? 0 : median(workers) * (workers ? Math.ceil(left(true) / beside) : left(false))
  const seconds = part(true) + part(false)
  return {
    done: steps.filter(isDone).length,
    nodesDone: finished.length,
    nodes: 4,
    secondsLeft: Number.isNaN(seconds) ? undefined : seconds,
  }
}

describe('RunMeter', () => {
  it('says after each entry what one look at the whole journal says', () => {
    fc.assert(
      fc.property(entries, fc.integer({ min: 1, max: 4 }), (given, beside) => {
        const meter = new RunMeter(plan, beside)
        const journal: JournalEntry[] = []
        for (const entry of given) {
          journal.push(entry)
          expect(meter.read(journal)).toEqual(slowly(journal, beside))
        }
      }),
      { numRuns: 300 },
    )
  })

  it('reads of a long journal only what is new', () => {
    const meter = new RunMeter(plan, 1)
    const asked: number[] = []
    const journal = new Proxy<JournalEntry[]>([], {
      get(target, key, receiver): unknown {
        if (typeof key === 'string' && /^\d+$/.test(key)) asked.push(Number(key))
        return Reflect.get(target, key, receiver)
      },
    })
    for (let count = 0; count < 5; count += 1) {
      journal.push({ kind: 'checked', step: steps[count]?.id ?? '', at: '2026-11-26T20:00:00Z' })
      meter.read(journal)
    }
    expect(asked).toEqual([0, 1, 2, 3, 4])
  })
})
