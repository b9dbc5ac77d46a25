/**
 * A fix of a host root with several files, new files, modes and owners, killed at every boundary of its run: while it is
 * carried out, while what another run left is finished, and while it is put back. Afterwards each file of the root is
 * compared, bytes, mode and owner, with what it was before and with what it is after an undisturbed run.
 *
 * Prints `fix: killed at K of K steps: F finished, R rolled back, 0 lost`.
 */
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import {
  applyFix,
  makePlan,
  openFix,
  readPlan,
  resumeFix,
  rollBackFix,
  type FixDoors,
  type FixOutcome,
  type FixPlan,
} from '../../src/actions/fix/index.js'
import { listRuns, type RunEvent } from '../../src/actions/journal/index.js'
import { runAudit } from '../../src/audit/index.js'
import { checks, checksByDefault } from '../../src/checks/index.js'
import { readEstate } from '../../src/sources/index.js'
import { tellResults, type Result } from './results.js'
import { differences, treeOf, type Tree } from './tree.js'

/** How a run goes on after it was killed. */
type Next = 'resume' | 'rollback'

/** The work of the process that is killed. */
type Work = 'apply' | Next

export async function crashFix(args: readonly string[]): Promise<number> {
  const [role, ...rest] = args
  if (role === 'child') return child(rest)
  if (process.getuid?.() === 0) return parent()
  process.stdout.write('fix: owners of files cannot be tested without root: not run\n')
  return 3
}

const PRISTINE = 'pristine'

async function parent(): Promise<number> {
  const base = mkdtempSync(path.join(tmpdir(), 'rampart-crash-fix-'))
  try {
    const world = await makeWorld(base)
    const results: Result[] = []
    // Killed while it is carried out; the next run finishes it, or puts it back.
    for (const next of ['resume', 'rollback'] as const)
      for (let at = 0; at < world.boundaries.apply; at += 1)
        results.push(await tryOnce(world, [{ work: 'apply', at }], next))
    // Killed while a finished run is put back.
    for (let at = 0; at < world.boundaries.rollback; at += 1)
      results.push(await tryOnce(world, [{ work: 'apply' }, { work: 'rollback', at }], 'resume'))
    // Killed, and killed again while the next run goes on.
    const middle = Math.floor(world.boundaries.apply / 2)
    for (const work of ['resume', 'rollback'] as const)
      for (let at = 0; at < 4; at += 1)
        results.push(
          await tryOnce(
            world,
            [
              { work: 'apply', at: middle },
              { work, at },
            ],
            'resume',
          ),
        )
    return tellResults('fix', results)
  } finally {
    rmSync(base, { recursive: true, force: true })
  }
}

interface World {
  readonly base: string
  readonly root: string
  readonly plan: FixPlan
  readonly before: Tree
  readonly after: Tree
  readonly boundaries: Readonly<Record<'apply' | 'rollback', number>>
}

/** A host with a weak kubelet, modes that are too wide, and all that a plan of several files needs. */
async function makeWorld(base: string): Promise<World> {
  const root = path.join(base, 'root')
  const pristine = path.join(base, PRISTINE)
  cpSync(path.resolve('examples/estate/hosts/cp-1'), pristine, { recursive: true })
  // With these a folder counts as a whole system, whose modes and owners are its own.
  mkdirSync(path.join(pristine, 'usr/bin'), { recursive: true })
  writeFileSync(path.join(pristine, 'etc/shadow'), '', { mode: 0o640 })
  tighten(pristine)
  for (const loose of ['etc/kubernetes/manifests/etcd.yaml', 'var/lib/kubelet/config.yaml'])
    chmodSync(path.join(pristine, loose), 0o666)
  fresh(base)
  const plan = await planOf(root)
  if (plan.files.length < 5 || plan.modes.length < 2)
    throw new Error(
      `the plan is too small to prove anything: ${plan.files.length} files, ${plan.modes.length} modes`,
    )
  const before = treeOf(root)
  const state = path.join(base, 'state')
  const seen: RunEvent[] = []
  const observer = { event: (event: RunEvent) => void seen.push(event) }
  const done = await applyFix(plan, { ...doorsOf(state), observer })
  if (done.outcome.kind !== 'done')
    throw new Error(`an undisturbed run failed: ${JSON.stringify(done.outcome)}`)
  const after = treeOf(root)
  const apply = seen.length
  seen.length = 0
  await rollBackFix(done.run, { ...doorsOf(state), observer })
  const faults = differences(treeOf(root), before)
  if (faults.length > 0) throw new Error(`an undisturbed rollback lost something: ${faults.join('; ')}`)
  return { base, root, plan, before, after, boundaries: { apply, rollback: seen.length } }
}

/** Modes as a fresh kubeadm host has them, so that only what this test loosens is found. */
function tighten(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const place = path.join(folder, entry.name)
    if (entry.isDirectory()) {
      chmodSync(place, 0o755)
      tighten(place)
    } else if (entry.isFile()) chmodSync(place, 0o600)
  }
}

function fresh(base: string): void {
  for (const name of ['root', 'state']) rmSync(path.join(base, name), { recursive: true, force: true })
  cpSync(path.join(base, PRISTINE), path.join(base, 'root'), { recursive: true, preserveTimestamps: true })
}

async function estateOf(root: string): ReturnType<typeof readEstate> {
  return readEstate({ hostRoots: [root], isAtRest: () => true })
}

async function auditOf(root: string) {
  const estate = await estateOf(root)
  return { estate, result: runAudit(estate, { version: 'test', checks: checksByDefault(checks) }) }
}

async function planOf(root: string): Promise<FixPlan> {
  return makePlan({
    version: 'test',
    ...(await auditOf(root)),
    subject: { paths: [], userChecks: [] },
    choice: {},
    restarts: true,
  })
}

function doorsOf(state: string): FixDoors {
  return {
    state,
    audit: async (plan) => (await auditOf(plan.subject.hosts[0]?.root ?? '')).result,
    readHost: estateOf,
  }
}

interface Attempt {
  readonly work: Work
  /** The boundary at which the process is killed; undefined: it lives. */
  readonly at?: number
}

/** Attempts in processes of their own, then the next run in this one. */
async function tryOnce(world: World, attempts: readonly Attempt[], next: Next): Promise<Result> {
  const { base, root, plan, before, after } = world
  fresh(base)
  const planFile = path.join(base, 'plan.json')
  writeFileSync(planFile, JSON.stringify(plan))
  const state = path.join(base, 'state')
  const faults: string[] = []
  let killed = true
  for (const { work, at } of attempts) {
    const words = [process.argv[1] ?? '', 'fix', 'child', work, planFile, state, String(at ?? -1)]
    const ran = spawnSync(process.execPath, words, { encoding: 'utf8' })
    const died = ran.signal === 'SIGKILL'
    killed &&= died === (at !== undefined)
    if (died !== (at !== undefined)) faults.push(`${work} was not killed at ${at ?? -1}: ${ran.stderr}`)
    // At every moment each file is the old or the new one, whole.
    faults.push(...halves(treeOf(root), before, after))
  }
  const doors = doorsOf(state)
  const open = await openFix(state)
  const [latest] = await listRuns(state, 'fix')
  const outcome = await goOn(open, latest?.id, next, doors)
  const end = outcome?.outcome.kind ?? latest?.progress?.outcome ?? 'nothing was begun'
  const now = treeOf(root)
  faults.push(...differences(now, end === 'done' ? after : before))
  // Nothing was begun: the plan can be carried out as if nothing had been.
  const settled = end === 'nothing was begun' ? (await applyFix(plan, doors)).outcome.kind : end
  if (settled !== end) faults.push(...differences(treeOf(root), after))
  const name = `${attempts.map(({ work, at }) => `${work} killed at ${at ?? 'no'}`).join(', ')}, then ${next}`
  return { name, killed, end: settled, faults }
}

async function goOn(
  open: string | undefined,
  latest: string | undefined,
  next: Next,
  doors: FixDoors,
): Promise<FixOutcome | undefined> {
  // Killed at the very end, the run has ended and there is nothing to go on with; it can still be put back.
  if (next === 'rollback' && latest !== undefined) return rollBackFix(latest, doors)
  return open === undefined ? undefined : resumeFix(open, doors)
}

/** The process that is killed: does its work, and ends itself as `kill -9` would at the boundary that is asked for. */
async function child([work, planFile = '', state = '', at = '-1']: readonly string[]): Promise<number> {
  let boundary = 0
  const doors: FixDoors = {
    ...doorsOf(state),
    observer: {
      event: () => {
        if (boundary === Number(at)) process.kill(process.pid, 'SIGKILL')
        boundary += 1
      },
    },
  }
  const [run] = await listRuns(state, 'fix')
  if (work === 'apply') await applyFix(readPlan(readFileSync(planFile, 'utf8'), planFile), doors)
  else if (work === 'resume') await resumeFix(undefined, doors)
  else await rollBackFix(run?.id ?? '', doors)
  return 0
}

/** Files whose bytes are neither the old nor the new ones; a temporary file may be left until the next run. */
function halves(now: Tree, before: Tree, after: Tree): string[] {
  const bytes = (text: string | undefined): string | undefined => text?.split(' ')[0]
  return [...now].flatMap(([name, is]) => {
    const temporary = path.basename(name).startsWith('.') && name.endsWith('.rampart-tmp')
    const known = bytes(is) === bytes(before.get(name)) || bytes(is) === bytes(after.get(name))
    return temporary || known ? [] : [`${name} is half written: ${is}`]
  })
}
