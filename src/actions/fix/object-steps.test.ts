import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { asObject, type JsonObject } from '../../model/index.js'
import {
  createJournal,
  openJournal,
  rollBack,
  runSteps,
  type Journal,
  type RunObserver,
  type RunOutcome,
  type Step,
} from '../journal/index.js'
import type { ObjectChange } from './fix-plan.js'
import type { ObjectDoor } from './object-door.js'
import { objectStep } from './object-steps.js'
import { applyMergePatch, objectDigest } from './plan-objects.js'

const root = mkdtempSync(path.join(tmpdir(), 'rampart-objects-'))
const journals: Journal[] = []
afterAll(async () => {
  for (const journal of journals) await journal.close()
  rmSync(root, { recursive: true })
})

const PATH = '/apis/apps/v1/namespaces/shop/deployments/web'
const BEFORE: JsonObject = {
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'shop', uid: 'u1', resourceVersion: '1', generation: 1 },
  spec: { replicas: 1, template: { spec: { hostPID: true } } },
  status: { observedGeneration: 1, replicas: 1, updatedReplicas: 1, availableReplicas: 1 },
}
const PATCH: JsonObject = { spec: { template: { spec: { hostPID: null } } } }
const CHANGE: ObjectChange = {
  ref: { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'web' },
  path: PATH,
  uid: 'u1',
  before: objectDigest(BEFORE),
  resourceVersion: '1',
  patch: PATCH,
  diff: '',
  checks: ['pod-host-pid'],
}

/** A server with one object: it refuses patches of an old version, as a real one does, and its controller rolls out. */
class Server implements ObjectDoor {
  readonly asked: string[] = []
  constructor(
    public object: JsonObject | undefined = BEFORE,
    private readonly stuck = false,
    private readonly refuses?: string,
  ) {}
  get(): Promise<JsonObject | undefined> {
    return Promise.resolve(this.object)
  }
  patch(_path: string, patch: JsonObject, { dryRun }: { dryRun: boolean }): Promise<JsonObject> {
    this.asked.push(dryRun ? 'dry run' : 'patch')
    const metadata = asObject(this.object?.metadata)
    if (this.refuses !== undefined) return Promise.reject(new Error(this.refuses))
    if (asObject(patch.metadata).resourceVersion !== metadata.resourceVersion)
      return Promise.reject(new Error('the object has been modified'))
    const made = asObject(applyMergePatch(this.object, patch))
    if (!dryRun) this.object = this.stored(made, Number(metadata.generation) + 1)
    return Promise.resolve(made)
  }
  wait(): Promise<void> {
    // The controller is quick, or does nothing.
    if (!this.stuck && this.object !== undefined)
      this.object = { ...this.object, status: { ...asObject(BEFORE.status), observedGeneration: 99 } }
    return Promise.resolve()
  }
  change(change: JsonObject): void {
    const { generation } = asObject(this.object?.metadata)
    this.object = this.stored(asObject(applyMergePatch(this.object, change)), Number(generation))
  }
  private stored(object: JsonObject, generation: number): JsonObject {
    const version = String(Number(asObject(object.metadata).resourceVersion) + 1)
    return { ...object, metadata: { ...asObject(object.metadata), resourceVersion: version, generation } }
  }
}

let runs = 0
async function run(
  door: Server,
  change = CHANGE,
): Promise<{ outcome: RunOutcome; back: () => Promise<RunOutcome>; folder: string }> {
  const folder = path.join(root, String((runs += 1)))
  const steps = [objectStep(change, 0, { door, folder, healthMs: 2_000 })]
  const journal = await createJournal(path.join(root, `journal-${runs}`))
  journals.push(journal)
  const outcome = await runSteps({ journal, steps, onFailure: 'roll-back' })
  return { outcome, folder, back: () => rollBack({ journal, steps }) }
}

describe('a change of an object', () => {
  it('is asked in a dry run, kept, made, and put back', async () => {
    const door = new Server()
    const { outcome, back, folder } = await run(door)
    expect(outcome.kind).toBe('done')
    expect(door.asked).toEqual(['dry run', 'patch'])
    expect(door.object?.spec).toEqual({ replicas: 1, template: { spec: {} } })
    expect(JSON.parse(readFileSync(path.join(folder, 'objects', '0.json'), 'utf8'))).toEqual(BEFORE)
    door.change({ metadata: { labels: { team: 'a' } } })
    expect((await back()).kind).toBe('rolled-back')
    // What others changed since stays.
    expect(door.object).toMatchObject({ metadata: { labels: { team: 'a' } }, spec: BEFORE.spec })
  })

  it('is made once, whichever boundary of the run its process dies at', async () => {
    const events: string[] = []
    for (let at = 1; at === 1 || at <= events.length; at += 1) {
      const door = new Server()
      const folder = path.join(root, `killed-${at}`)
      const file = path.join(root, `killed-journal-${at}`)
      const steps = (): Step[] => [objectStep(CHANGE, 0, { door, folder, healthMs: 2_000 })]
      const first = await createJournal(file)
      let seen = 0
      const died = new Promise<string>((resolve) => {
        const observer: RunObserver = {
          event({ kind }) {
            if (at === 1) events.push(kind)
            seen += 1
            if (seen !== at || at === 1) return undefined
            resolve('died')
            // A killed process runs nothing more.
            return new Promise(() => undefined)
          },
        }
        void runSteps({ journal: first, steps: steps(), onFailure: 'roll-back', observer }).then(({ kind }) =>
          resolve(kind),
        )
      })
      expect(await died).toBe(at === 1 ? 'done' : 'died')
      await first.close()
      const journal = await openJournal(file)
      const outcome = await runSteps({ journal, steps: steps(), onFailure: 'roll-back' })
      expect([events[at - 1], outcome.kind]).toEqual([events[at - 1], 'done'])
      expect(door.object?.spec).toEqual({ replicas: 1, template: { spec: {} } })
      expect(door.asked.filter((each) => each === 'patch')).toHaveLength(1)
      await journal.close()
    }
    expect(events.length).toBeGreaterThan(4)
  })

  it('goes on where only the status moved', async () => {
    const door = new Server()
    door.change({ status: { readyReplicas: 1 } })
    expect((await run(door)).outcome.kind).toBe('done')
  })

  it.each<[string, Server, RegExp]>([
    ['was changed', changed({ spec: { replicas: 3 } }), /was changed since the plan; plan again/],
    [
      'was made anew',
      new Server({ ...BEFORE, metadata: { ...asObject(BEFORE.metadata), uid: 'u2' } }),
      /made anew/,
    ],
    ['is gone', gone(), /is not there any more/],
    [
      'is refused',
      new Server(BEFORE, false, 'denied by a policy'),
      /the server refuses .*: denied by a policy/,
    ],
  ])('is not made where it %s', async (_name, door, reason) => {
    const before = door.object
    const { outcome } = await run(door)
    expect(outcome.kind).toBe('rolled-back')
    expect('reason' in outcome ? outcome.reason : '').toMatch(reason)
    expect(door.object).toBe(before)
    expect(door.asked).not.toContain('patch')
  })

  it('is put back when its pods do not come up', async () => {
    const door = new Server(BEFORE, true)
    const { outcome } = await run(door)
    // Nobody rolls out the old state either here, so that the way back is not whole.
    expect(outcome).toMatchObject({
      kind: 'not-rolled-back',
      reason: expect.stringContaining('is not rolled out') as string,
    })
    expect(door.object?.spec).toEqual(BEFORE.spec)
  })

  it('is not put back over the change of somebody else', async () => {
    const door = new Server()
    const { back } = await run(door)
    door.change({ spec: { template: { spec: { hostPID: false } } } })
    expect(await back()).toMatchObject({
      kind: 'not-rolled-back',
      left: [{ reason: expect.stringContaining('was changed again since') as string }],
    })
    expect(door.object?.spec).toMatchObject({ template: { spec: { hostPID: false } } })
  })

  it('has nothing to put back where it was deleted, or its manifest was cut off while it was written', async () => {
    const door = new Server()
    const one = await run(door)
    door.object = undefined
    expect((await one.back()).kind).toBe('rolled-back')
    const other = new Server()
    const two = await run(other)
    writeFileSync(path.join(two.folder, 'objects', '0.json'), '{"kind": ')
    expect((await two.back()).kind).toBe('rolled-back')
  })
})

function gone(): Server {
  const server = new Server()
  server.object = undefined
  return server
}

function changed(change: JsonObject): Server {
  const server = new Server()
  server.change(change)
  return server
}
