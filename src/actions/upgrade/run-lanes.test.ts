import fc from 'fast-check'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { PlannedStep } from '../../upgrade/index.js'
import { createJournal, openJournal, type Step } from '../journal/index.js'
import { runLanes, type LanesOutcome } from './run-lanes.js'
import { schedule } from './schedule.js'

const folder = mkdtempSync(join(tmpdir(), 'rampart-lanes-'))
afterAll(() => rmSync(folder, { recursive: true }))
let journals = 0

/** Hosts on which each step turns one switch; acts take a turn of the loop, so that lanes mix. */
class World {
  readonly acts: string[] = []
  private readonly on = new Set<string>()
  private readonly busy = new Map<string, Set<string>>()
  mostWorkers = 0
  mostControlPlanes = 0
  /** Attempts that fail before they act, by step. */
  constructor(private readonly failures: Map<string, number>) {}

  step(planned: PlannedStep): Step {
    const { id } = planned
    return {
      id,
      title: id,
      check: () => Promise.resolve(this.on.has(id) ? { holds: true } : { holds: false, reason: 'off' }),
      act: async () => {
        this.enter(planned)
        await new Promise((resolve) => setImmediate(resolve))
        const left = this.failures.get(id) ?? 0
        this.failures.set(id, left - 1)
        this.leave(planned)
        if (left > 0) throw new Error('it fails')
        this.acts.push(id)
        this.on.add(id)
        return undefined
      },
    }
  }

  private enter({ node, role, id }: PlannedStep): void {
    const kind = role === 'worker' ? 'worker' : 'control-plane'
    const steps = this.busy.get(`${kind} ${node}`) ?? new Set()
    this.busy.set(`${kind} ${node}`, steps.add(id))
    const count = (wanted: string): number =>
      [...this.busy].filter(([key, open]) => key.startsWith(wanted) && open.size > 0).length
    this.mostWorkers = Math.max(this.mostWorkers, count('worker'))
    this.mostControlPlanes = Math.max(this.mostControlPlanes, count('control-plane'))
  }

  private leave({ node, role, id }: PlannedStep): void {
    this.busy.get(`${role === 'worker' ? 'worker' : 'control-plane'} ${node}`)?.delete(id)
  }
}

function stepsOf(controlPlanes: number, workers: number): PlannedStep[] {
  const step = (
    node: string,
    role: PlannedStep['role'],
    action: PlannedStep['action'],
    group?: string,
  ): PlannedStep => ({
    id: `1.37/${node}/${action}`,
    node,
    role,
    action,
    minor: '1.37',
    version: 'v1.37.2',
    title: '',
    commands: [],
    precondition: '',
    check: '',
    back: '',
    ...(group === undefined ? {} : { group }),
  })
  const cps = Array.from({ length: controlPlanes }, (_, at) => `cp-${at}`)
  const ws = Array.from({ length: workers }, (_, at) => `w-${at}`)
  return [
    // A plan whose groups are wrong: control planes would run beside each other.
    ...cps.flatMap((node) => [
      step(node, 'control-plane', 'kubeadm-node', 'bad'),
      step(node, 'control-plane', 'health-gate', 'bad'),
    ]),
    ...ws.flatMap((node) =>
      (['drain', 'install-kubelet', 'uncordon'] as const).map((action) => step(node, 'worker', action, 'w')),
    ),
  ]
}

/**
 * Runs in one process until it ends, or dies at the event of this number. What a dead process had given to the system
 * before is still written.
 */
async function oneProcess(
  file: string,
  steps: PlannedStep[],
  world: World,
  beside: number,
  dieAt = Infinity,
): Promise<LanesOutcome | 'killed'> {
  const journal = existsSync(file) ? await openJournal(file) : await createJournal(file)
  let events = 0
  let dead = false
  const unlessDead = <T>(act: () => Promise<T>): Promise<T> => (dead ? forever() : act())
  const died = new Promise<'killed'>((resolve) => (killed = () => resolve('killed')))
  const running = runLanes({
    stages: schedule(steps, beside),
    stepOf(planned) {
      const real = world.step(planned)
      return { ...real, act: () => unlessDead(() => real.act()), check: () => unlessDead(() => real.check()) }
    },
    journal: { ...journal, append: (entry) => unlessDead(() => journal.append(entry)) },
    observer: {
      event() {
        if (!dead && (events += 1) < dieAt) return
        dead = true
        killed()
        return forever()
      },
    },
    signal: new AbortController().signal,
    before: () => unlessDead(() => Promise.resolve()),
    after: () => undefined,
    paused: () => false,
  })
  const outcome = await Promise.race([running, died])
  // Acts that were under way end, too.
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve))
  await journal.close()
  return outcome
}

let killed: () => void = () => undefined
const forever = (): Promise<never> => new Promise(() => undefined)

describe('runLanes', () => {
  it('whatever fails and dies: nothing is done twice or left out, one control plane at a time, never too many workers', async () => {
    const failing = fc.array(fc.tuple(fc.nat(20), fc.integer({ min: 1, max: 2 })), { maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 0, max: 4 }),
        fc.integer({ min: 1, max: 3 }),
        failing,
        fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 6 }),
        async (controlPlanes, workers, beside, failures, deaths) => {
          const steps = stepsOf(controlPlanes, workers)
          const world = new World(
            new Map(failures.map(([at, times]) => [steps[at % steps.length]?.id ?? '', times])),
          )
          const file = join(folder, `journal-${(journals += 1)}`)
          let outcome: LanesOutcome | 'killed' = 'killed'
          for (let process = 0; process < 60; process += 1) {
            outcome = await oneProcess(file, steps, world, beside, deaths[process])
            if (outcome !== 'killed' && outcome.kind === 'done') break
          }
          expect(outcome).toEqual({ kind: 'done' })
          expect([...world.acts].sort()).toEqual(steps.map(({ id }) => id).sort())
          for (const node of new Set(steps.map((each) => each.node))) {
            const own = steps.filter((each) => each.node === node).map(({ id }) => id)
            expect(world.acts.filter((id) => own.includes(id))).toEqual(own)
          }
          expect(world.mostControlPlanes).toBe(1)
          expect(world.mostWorkers).toBeLessThanOrEqual(beside)
        },
      ),
      { numRuns: 60 },
    )
  }, 120_000)

  it('stops at the first failure, and pauses between two steps', async () => {
    const steps = stepsOf(2, 0)
    const world = new World(new Map([['1.37/cp-1/kubeadm-node', 1]]))
    const file = join(folder, `journal-${(journals += 1)}`)
    expect(await oneProcess(file, steps, world, 1)).toEqual({
      kind: 'stopped',
      step: '1.37/cp-1/kubeadm-node',
      reason: 'it fails',
    })
    expect(world.acts).toEqual(['1.37/cp-0/kubeadm-node', '1.37/cp-0/health-gate'])
    expect(await oneProcess(file, steps, world, 1)).toEqual({ kind: 'done' })
  })
})
