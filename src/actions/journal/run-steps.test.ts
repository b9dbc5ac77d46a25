import fc from 'fast-check'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import {
  createJournal,
  openJournal,
  rollBack,
  runSteps,
  type RunEvent,
  type RunObserver,
  type RunOutcome,
  type Step,
} from './index.js'

const folder = mkdtempSync(join(tmpdir(), 'rampart-steps-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})
let journals = 0
const newJournal = (): string => join(folder, `journal-${(journals += 1)}`)

/** A world of named switches that steps turn on, and that remembers every turn. */
class World {
  readonly on = new Set<string>()
  readonly turns: string[] = []
  steps(names: readonly string[], failing?: string, noWayBack?: string): Step[] {
    return names.map((name) => ({
      id: name,
      title: `Turn on ${name}`,
      precondition: () => Promise.resolve(name === failing ? `${name} is broken` : undefined),
      check: () =>
        Promise.resolve(this.on.has(name) ? { holds: true } : { holds: false, reason: `${name} is off` }),
      act: () => {
        this.on.add(name)
        this.turns.push(`+${name}`)
        return Promise.resolve({ turned: name })
      },
      ...(name === noWayBack
        ? { irreversible: 'it is soldered' }
        : {
            undo: () => {
              if (this.on.delete(name)) this.turns.push(`-${name}`)
              return Promise.resolve()
            },
          }),
    }))
  }
}

class Killed extends Error {}

/** Dies at the event of this number, as a process does that is killed: nothing after it happens. */
function killingAt(number: number, seen: RunEvent[]): RunObserver {
  return {
    event(event) {
      seen.push(event)
      if (seen.length >= number) {
        // A killed process does not run its error handlers either.
        return new Promise(() => undefined)
      }
      return undefined
    },
  }
}

/** Runs until it ends or was killed at an event. */
async function runUntil(file: string, steps: readonly Step[], at: number): Promise<RunOutcome | Killed> {
  const journal =
    at === 0 ? await createJournal(file) : await openJournal(file).catch(() => createJournal(file))
  const seen: RunEvent[] = []
  const observer = at > 0 ? killingAt(at, seen) : undefined
  const run = runSteps({
    journal,
    steps,
    onFailure: 'roll-back',
    ...(observer === undefined ? {} : { observer }),
  })
  const killed = new Promise<Killed>((resolve) => {
    const look = (): void => {
      if (at > 0 && seen.length >= at) resolve(new Killed())
      else if (!ended) setImmediate(look)
    }
    let ended = false
    void run.finally(() => (ended = true))
    look()
  })
  const outcome = await Promise.race([run, killed])
  await journal.close()
  return outcome
}

describe('a run of steps', () => {
  it('does each once and says so', async () => {
    const world = new World()
    const outcome = await runUntil(newJournal(), world.steps(['a', 'b', 'c']), 0)
    expect(outcome).toEqual({ kind: 'done', did: ['a', 'b', 'c'] })
    expect(world.turns).toEqual(['+a', '+b', '+c'])
  })

  it('puts back what it did when a step fails, last first', async () => {
    const world = new World()
    const outcome = await runUntil(newJournal(), world.steps(['a', 'b', 'c'], 'c'), 0)
    expect(outcome).toMatchObject({ kind: 'rolled-back', step: 'c', reason: 'c is broken' })
    expect(world.turns).toEqual(['+a', '+b', '-b', '-a'])
  })

  it('says what has no way back', async () => {
    const world = new World()
    const outcome = await runUntil(newJournal(), world.steps(['a', 'b'], 'b', 'a'), 0)
    expect(outcome).toMatchObject({
      kind: 'not-rolled-back',
      left: [{ step: 'a', reason: 'it is soldered' }],
    })
    expect([...world.on]).toEqual(['a'])
  })

  it('stops at a failure where it is told to, and goes on when it is mended', async () => {
    const world = new World()
    const journal = await createJournal(newJournal())
    const stopped = await runSteps({ journal, steps: world.steps(['a', 'b'], 'b'), onFailure: 'stop' })
    expect(stopped).toEqual({ kind: 'stopped', step: 'b', reason: 'b is broken' })
    const done = await runSteps({ journal, steps: world.steps(['a', 'b']), onFailure: 'stop' })
    expect(done).toEqual({ kind: 'done', did: ['b'] })
    expect(world.turns).toEqual(['+a', '+b'])
    await journal.close()
  })

  it('that was aborted stays open', async () => {
    const world = new World()
    const abort = new AbortController()
    const journal = await createJournal(newJournal())
    const steps = world.steps(['a', 'b'])
    const observer: RunObserver = {
      event: ({ kind }) => {
        if (kind === 'acted') abort.abort()
      },
    }
    const stopped = await runSteps({ journal, steps, signal: abort.signal, observer, onFailure: 'roll-back' })
    expect(stopped).toMatchObject({ kind: 'stopped', step: 'b' })
    expect(await runSteps({ journal, steps, onFailure: 'roll-back' })).toEqual({ kind: 'done', did: ['b'] })
    await journal.close()
  })

  it('a finished run can be put back, once and again', async () => {
    const world = new World()
    const journal = await createJournal(newJournal())
    const steps = world.steps(['a', 'b'])
    await runSteps({ journal, steps, onFailure: 'roll-back' })
    expect(await rollBack({ journal, steps })).toMatchObject({ kind: 'rolled-back' })
    expect(await rollBack({ journal, steps })).toMatchObject({ kind: 'rolled-back' })
    expect(world.turns).toEqual(['+a', '+b', '-b', '-a'])
    await journal.close()
  })

  it('leaves alone what is as it should be, in both directions', async () => {
    const world = new World()
    world.on.add('a')
    const [a, b] = world.steps(['a', 'b'], 'b')
    const steps = [{ ...(a as Step), skipWhenHolds: true }, b as Step]
    expect(await runUntil(newJournal(), steps, 0)).toMatchObject({ kind: 'rolled-back' })
    expect([...world.on]).toEqual(['a'])
  })

  it('killed anywhere, any number of times, ends whole: all done or all put back, nothing done twice', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 4 }),
        fc.option(fc.integer({ min: 0, max: 3 }), { nil: undefined }),
        fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 4 }),
        async (count, failing, kills) => {
          const names = ['a', 'b', 'c', 'd'].slice(0, count)
          const broken = failing === undefined ? undefined : names[failing]
          const world = new World()
          const file = newJournal()
          for (const at of kills) await runUntil(file, world.steps(names, broken), at)
          const outcome = await runUntil(file, world.steps(names, broken), Number.MAX_SAFE_INTEGER)
          if (outcome instanceof Killed) throw outcome
          expect(outcome.kind).toBe(broken === undefined ? 'done' : 'rolled-back')
          expect([...world.on]).toEqual(broken === undefined ? names : [])
          for (const name of names)
            expect(world.turns.filter((turn) => turn === `+${name}`).length).toBeLessThanOrEqual(1)
        },
      ),
      { numRuns: 60 },
    )
  })
})
