import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { planDigest, type PlannedStep, type UpgradePlan } from '../../src/upgrade/index.js'
import { startServer, type TestServer } from '../kit/api-server.js'
import { schemaValidator } from '../kit/schema-validator.js'
import { drain, planWith, workerCluster } from '../kit/worker-cluster.js'
import { rampartBeside, type CliRun } from './run-cli.js'

/** The `manual` transport from the plan to the report, by a person who answers with `--done`; and all of it as JSON. */
const folder = mkdtempSync(path.join(tmpdir(), 'rampart-by-hand-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const step = (action: PlannedStep['action'], command: readonly string[]): PlannedStep => ({
  ...drain,
  id: `1.37/w/${action}`,
  action,
  title: `Do ${action} on w`,
  commands: [{ run: command, on: 'node' }] as unknown as PlannedStep['commands'],
})
const STEPS = [
  step('repository', ['edit', 'the list']),
  step('install-kubeadm', ['apt-get', 'install', 'kubeadm']),
]
const [FIRST, SECOND] = STEPS.map(({ id }) => id) as [string, string]

let runs = 0
let place = ''
let server: TestServer
let kubeconfig = ''
let plan = ''
beforeEach(async () => {
  place = path.join(folder, `run-${(runs += 1)}`)
  const there = workerCluster(() => false)
  server = await startServer((seen, response) => there.answer(seen, response))
  kubeconfig = path.join(folder, `${runs}.kubeconfig`)
  const name = 'c'
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      contexts: [{ name, context: { cluster: name, user: name } }],
      'current-context': name,
      clusters: [{ name, cluster: { server: server.url } }],
      users: [{ name, user: {} }],
    }),
  )
  plan = path.join(folder, `${runs}.json`)
  const made: UpgradePlan = planWith(STEPS)
  writeFileSync(plan, JSON.stringify({ ...made, digest: planDigest(made) }))
})
afterEach(() => server.stop())

const upgrade = (...words: string[]): Promise<CliRun> =>
  rampartBeside(['upgrade', ...words, '--state-dir', place])
const work = (...words: string[]): Promise<CliRun> =>
  upgrade(...words, '--kubeconfig', kubeconfig, '--transport', 'manual')

interface Line {
  readonly type: string
  readonly kind?: string
  readonly step?: string
  readonly report?: {
    readonly outcome: string
    readonly steps: readonly { readonly id: string; readonly state: string }[]
  }
}

/** The lines of an output, each as its schema says. */
function events({ out }: CliRun): Line[] {
  const valid = schemaValidator('schemas/upgrade-events.schema.json')
  const lines = out
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Line)
  expect(lines.map((line) => [line.type, line.kind, valid(line)])).toEqual(
    lines.map((line) => [line.type, line.kind, []]),
  )
  expect(valid({ ...lines[0], more: 1 })).not.toEqual([])
  return lines
}

const states = (line: Line | undefined): unknown => line?.report?.steps.map(({ id, state }) => [id, state])

describe('an upgrade by hand', () => {
  it('waits at each step, goes on when it is told that it is done, and reports', async () => {
    const began = await work('apply', plan)
    expect(began.code).toBe(5)
    expect(began.out).toMatch(
      /Do repository on w. Do this on w, as root:\n {4}edit 'the list'\n {2}It is done when/,
    )
    expect(began.out).not.toContain('apt-get install kubeadm')
    expect(began.out).toContain(`rampart upgrade apply --done ${FIRST}`)

    const next = await work('apply', '--done', FIRST)
    expect(next.code).toBe(5)
    expect(next.out).toContain('apt-get install kubeadm')
    expect(next.out).toContain(`rampart upgrade apply --done ${SECOND}`)

    const again = await work('apply', '--done', FIRST)
    expect(again.code).toBe(5)
    const last = await work('apply', '--done', SECOND)
    expect([last.code, last.err]).toEqual([0, ''])

    const report = JSON.parse((await upgrade('report', '-o', 'json')).out) as object
    expect(schemaValidator('schemas/upgrade-report.schema.json')(report)).toEqual([])
    expect(report).toMatchObject({
      outcome: 'done',
      steps: [
        { id: FIRST, state: 'checked' },
        { id: SECOND, state: 'checked' },
      ],
    })
  }, 60_000)

  it('tells it as events, and what stays when it is given up', async () => {
    const stopped = events(await work('apply', plan, '-o', 'json'))
    expect(stopped.map(({ type, kind }) => kind ?? type)).toEqual([
      'progress',
      'acting',
      'waiting',
      'failed',
      'stopped',
    ])
    expect(states(stopped.at(-1))).toEqual([
      [FIRST, 'failed'],
      [SECOND, 'not-begun'],
    ])

    const both = events(await work('apply', '-o', 'json', '--done', FIRST))
    expect(both.map(({ kind }) => kind).filter((kind) => kind === 'checked')).toHaveLength(1)

    const paused = await upgrade('pause', '-o', 'json')
    expect(JSON.parse(paused.out)).toMatchObject({ paused: true })

    const given = await work('abort', '-o', 'json')
    expect(given.code).toBe(5)
    const lines = events(given)
    expect(lines.at(-1)).toMatchObject({ kind: 'put-back', report: { outcome: 'not-rolled-back' } })
    expect(JSON.stringify(lines.at(-1))).toContain('it was done by hand')

    const report = JSON.parse((await upgrade('report', '-o', 'json')).out) as object
    expect(schemaValidator('schemas/upgrade-report.schema.json')(report)).toEqual([])
  }, 60_000)
})
