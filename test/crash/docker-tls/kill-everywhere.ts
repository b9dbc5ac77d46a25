import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { listRuns } from '../../../src/actions/journal/index.js'
import {
  forgetKeysOfEndedRuns,
  openDockerTlsRun,
  putBackDockerTls,
} from '../../../src/actions/docker-tls/index.js'
import { Bench } from './bench.js'
import { WITHIN, type Action, type Work } from './killed.js'
import { tellResults, type Result } from '../results.js'
import { differences, treeOf, type Tree } from '../tree.js'

const ACTIONS: readonly Action[] = ['setup-tls', 'rotate']

/** Kills at every boundary, and tells what became of it. */
export async function killEverywhere(): Promise<number> {
  const bench = new Bench()
  try {
    await bench.make()
    const results: Result[] = []
    for (const action of ACTIONS) results.push(...(await crashAction(bench, action)))
    return tellResults('docker-tls', results)
  } finally {
    bench.remove()
  }
}

async function crashAction(bench: Bench, action: Action): Promise<Result[]> {
  const world = await undisturbed(bench, action)
  const results: Result[] = []
  for (let at = 0; at < world.boundaries.length; at += 1)
    results.push(await tryOnce(bench, world, [{ work: 'apply', at }]))
  // Killed in the midst, and killed again at each boundary of putting that back: before the daemon ever saw a file of it,
  // and (once, because it costs two restarts) when it serves the new certificate already.
  const written = world.boundaries.findIndex((each) => each === 'acting restart dockerd')
  const served = world.boundaries.findIndex((each) => each === 'checked restart dockerd')
  const back = await bench.boundariesOfPuttingBack(action, written)
  // Between a step that is put back and the next one nothing happens: one of the two boundaries stands for both. Of the
  // many files of the first set-up every other one is enough, because each attempt costs two processes.
  const every = action === 'setup-tls' ? 4 : 2
  for (let at = back % every; at < back; at += every)
    results.push(
      await tryOnce(bench, world, [
        { work: 'apply', at: written },
        { work: 'put-back', at },
      ]),
    )
  results.push(
    await tryOnce(bench, world, [
      { work: 'apply', at: served },
      { work: 'put-back', at: back - 3 },
    ]),
  )
  // The next action begins where this one ends.
  await bench.apply(action)
  bench.forgetRuns()
  return results
}

/** An action as it goes where nobody disturbs it. */
interface World {
  readonly action: Action
  readonly before: Tree
  /** Paths, modes and owners: keys and certificates are others each time. */
  readonly shapeAfter: Tree
  /** Files that hold the same after every run. */
  readonly config: { readonly before: string; readonly after: string }
  /** The boundaries of the run in their order: what happened, and of which step. */
  readonly boundaries: readonly string[]
}

async function undisturbed(bench: Bench, action: Action): Promise<World> {
  bench.keep()
  const before = treeOf(bench.host)
  const config = bench.config()
  const boundaries = await bench.apply(action)
  const faults = await bench.faultsOfService()
  if (faults.length > 0) throw new Error(`an undisturbed ${action} does not serve: ${faults.join('; ')}`)
  const world: World = {
    action,
    before,
    shapeAfter: shapeOf(treeOf(bench.host)),
    config: { before: config, after: bench.config() },
    boundaries,
  }
  await bench.bringBack()
  return world
}

/** Without what files hold. */
function shapeOf(tree: Tree): Tree {
  return new Map([...tree].map(([name, is]) => [name, is.replace(/^[0-9a-f]{64} /, '')]))
}

interface Attempt {
  readonly work: Work
  readonly at: number
}

/** Attempts in processes of their own, then the next run in this one. */
async function tryOnce(bench: Bench, world: World, attempts: readonly Attempt[]): Promise<Result> {
  const name = `${world.action}: ${attempts.map(({ work, at }) => `${work} killed at ${at}`).join(', ')}`
  const faults: string[] = []
  let killed = true
  for (const { work, at } of attempts) {
    const ran = bench.child(work, world.action, at)
    killed &&= ran.signal === 'SIGKILL'
    if (ran.signal !== 'SIGKILL') faults.push(`${work} was not killed at ${at}: ${ran.stderr}`)
    faults.push(...halves(bench, world))
  }
  const open = await openDockerTlsRun(bench.state)
  const [, step = ''] = /^\w+ (.+)$/.exec(world.boundaries[attempts[0]?.at ?? 0] ?? '') ?? []
  if (open !== undefined && attempts.length === 1 && !open.stands.endsWith(step))
    faults.push(`it says "${open.stands}", and was killed at ${step}`)
  const end =
    open === undefined
      ? ((await listRuns(bench.state, 'docker-tls'))[0]?.progress?.outcome ?? 'nothing was begun')
      : (await putBackDockerTls(bench.state, open.id, { withinMs: WITHIN })).kind
  await forgetKeysOfEndedRuns(bench.state)
  faults.push(...keysKept(bench.state), ...(await bench.faultsOfService()))
  if (end === 'done') {
    faults.push(...differences(shapeOf(treeOf(bench.host)), world.shapeAfter))
    faults.push(...difference('daemon.json', bench.config(), world.config.after))
  } else faults.push(...differences(treeOf(bench.host), world.before))
  // Nothing was begun: the action is done as if nothing had been. Of what was put back it has to go as well.
  const settled = end === 'nothing was begun' ? 'done' : end
  if (settled !== end || isOneOfMany(attempts)) {
    await bench.apply(world.action).catch((error: unknown) => {
      faults.push(`afterwards it is not possible anew: ${String(error)}`)
    })
    faults.push(...differences(shapeOf(treeOf(bench.host)), world.shapeAfter))
  }
  const clean = treeOf(bench.host)
  if (faults.length > 0 || differences(clean, world.before).length > 0) await bench.bringBack()
  bench.forgetRuns()
  return { name, killed, end: settled, faults }
}

/** A run anew costs two restarts. */
function isOneOfMany([first, ...more]: readonly Attempt[]): boolean {
  return more.length === 0 && (first?.at ?? 0) % 20 === 5
}

function difference(what: string, is: string, wanted: string): string[] {
  return is === wanted ? [] : [`${what} is ${is}, not ${wanted}`]
}

/** At every moment each file is whole: daemon.json the old or the new one, certificates and keys with their end. */
function halves(bench: Bench, { config }: World): string[] {
  const now = bench.config()
  return [
    ...(now === config.before || now === config.after ? [] : [`daemon.json is half: ${now}`]),
    ...[...treeOf(bench.host).keys()].flatMap((name) => {
      if (!name.endsWith('.pem')) return []
      const text = readFileSync(path.join(bench.host, name), 'utf8')
      return /^-----BEGIN [A-Z ]+-----\n[^]+\n-----END [A-Z ]+-----\n$/.test(text) ? [] : [`${name} is half`]
    }),
  ]
}

/** Keys in plans, journals and backups: none may be left once the next run is through. */
function keysKept(state: string): string[] {
  const runs = path.join(state, 'runs')
  const names = existsSync(runs) ? readdirSync(runs, { recursive: true, encoding: 'utf8' }) : []
  return names.flatMap((name) => {
    const file = path.join(runs, name)
    const isKey = /\.(bytes|json)$|journal$/.test(name) && readFileSync(file, 'utf8').includes('PRIVATE KEY')
    return isKey ? [`${name} holds a key`] : []
  })
}
