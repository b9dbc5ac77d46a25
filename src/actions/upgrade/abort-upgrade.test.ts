import { mkdtempSync, rmSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { configFor, startServer, status, type Seen } from '../../../test/kit/api-server.js'
import { drain, planWith, workerCluster, type Away } from '../../../test/kit/worker-cluster.js'
import { createClient } from '../../client/index.js'
import type { JsonValue } from '../../model/index.js'
import { createRun } from '../journal/index.js'
import { abortUpgrade } from './abort-upgrade.js'
import { KIND } from './open-runs.js'
import type { UpgradeEvent } from './upgrade-event.js'

let state = ''
beforeEach(() => {
  state = mkdtempSync(path.join(tmpdir(), 'rampart-abort-'))
})
afterEach(() => rmSync(state, { recursive: true, force: true }))

/** A run that had drained the node when it was left. */
async function leftRun(): Promise<void> {
  const plan = planWith([drain])
  const run = await createRun(state, { kind: KIND, subject: 'c', plan: plan as unknown as JsonValue })
  await run.journal.append({ kind: 'note', data: { failedBefore: [], etcdMembers: 1 } })
  await run.journal.append({ kind: 'acting', step: drain.id })
  await run.journal.append({ kind: 'note', step: drain.id, data: { wasCordoned: false } })
  await run.journal.append({ kind: 'acted', step: drain.id })
  await run.journal.close()
}

async function abort(away: Away, restart = 5000) {
  const there = workerCluster(away)
  const server = await startServer((seen, response) => there.answer(seen, response))
  const client = await createClient(configFor(server.url), {
    userAgent: 'test',
    retries: { times: 0, first: 1, longest: 1 },
  })
  const events: UpgradeEvent[] = []
  try {
    const result = await abortUpgrade({
      state,
      client,
      host: () => ({ kind: 'person' }),
      ask: () => Promise.resolve(false),
      observer: { event: (event) => void events.push(event) },
      signal: new AbortController().signal,
      machine: 'ops-1',
      limits: { restart, look: 1 },
    })
    return { ...result, there, events, seen: server.seen }
  } finally {
    client.close()
    await server.stop()
  }
}

/** Each request is refused so many times before it is answered. */
function first(times: number, refuse: (response: ServerResponse, seen: Seen) => void): Away {
  const asked = new Map<string, number>()
  return (seen, response) => {
    const key = `${seen.method} ${seen.path}`
    const count = (asked.get(key) ?? 0) + 1
    asked.set(key, count)
    if (count > times) return false
    refuse(response, seen)
    return true
  }
}

const forbidden = (response: ServerResponse): void => status(response, 403, 'Forbidden', 'no roles yet')

/** From the first question of a kind on: forbidden and not ready, until it was asked so often. */
function rolesAfter(times: number, kind: (path: string) => boolean = () => true): Away {
  let asked = 0
  return ({ path: at }, response) => {
    if (at === '/readyz') {
      if (asked === 0 || asked > times) return false
      response.writeHead(500).end('[-]poststarthook/rbac/bootstrap-roles failed: reason withheld')
      return true
    }
    if (!kind(at) && asked === 0) return false
    asked += 1
    if (asked > times) return false
    forbidden(response)
    return true
  }
}

describe('abortUpgrade', () => {
  it.each<[string, Away]>([
    ['answers at once', () => false],
    [
      'answers 503 first, to each question',
      first(2, (response) => status(response, 503, 'ServiceUnavailable', 'starting')),
    ],
    ['closes connections first', first(2, (response) => void response.destroy())],
    ['knows no roles yet, at its first question', rolesAfter(2)],
    ['knows no roles yet, when the Lease is asked for', rolesAfter(2, (at) => at.includes('leases'))],
    ['knows no roles yet, when the node is opened', rolesAfter(2, (at) => at.includes('nodes'))],
  ])('opens the node and gives the Lease up where the API server %s', async (_name, away) => {
    await leftRun()
    const { outcome, there } = await abort(away)
    expect(outcome).toEqual({ kind: 'put-back', left: [] })
    expect(there.open()).toBe(true)
    expect(there.holder()).toBe('')
  })

  it('tells what it waits for', async () => {
    await leftRun()
    const { events } = await abort(
      first(1, (response) => status(response, 503, 'ServiceUnavailable', 'starting')),
    )
    const notes = events.filter(({ type }) => type === 'note')
    expect(notes.length).toBeGreaterThan(0)
    expect(notes[0]).toMatchObject({
      text: expect.stringMatching(/^waits for the API server: .*starting/) as string,
    })
  })

  it('takes a refusal of an API server that is ready for one, and keeps the run', async () => {
    await leftRun()
    const refusing: Away = ({ path: at }, response) => {
      if (at === '/readyz') return false
      forbidden(response)
      return true
    }
    await expect(abort(refusing)).rejects.toMatchObject({ status: 403 })
    expect((await abort(() => false)).outcome).toEqual({ kind: 'put-back', left: [] })
  })

  it('gives up after its time, and keeps the run', async () => {
    await leftRun()
    const never: Away = (_seen, response) => {
      status(response, 503, 'ServiceUnavailable', 'starting')
      return true
    }
    await expect(abort(never, 20)).rejects.toMatchObject({ status: 503 })
    expect((await abort(() => false)).outcome).toEqual({ kind: 'put-back', left: [] })
  })

  it('waits for nobody where there is nothing to give up', async () => {
    const asked: string[] = []
    const away: Away = ({ path: at }) => {
      asked.push(at)
      return false
    }
    await expect(abort(away)).rejects.toThrow(/no upgrade of this cluster is open here/)
    expect(asked).toEqual([])
  })
})
