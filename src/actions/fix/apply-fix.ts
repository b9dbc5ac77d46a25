import { join, relative, resolve } from 'node:path'
import {
  asString,
  field,
  isObject,
  RampartError,
  type AuditResult,
  type Estate,
  type JsonValue,
} from '../../model/index.js'
import {
  acquireLock,
  createRun,
  listRuns,
  openRun,
  rollBack,
  runSteps,
  stateFolder,
  stepProgress,
  type Lock,
  type Run,
  type RunObserver,
  type RunOutcome,
} from '../journal/index.js'
import { rootOf, sumOf } from './file-steps.js'
import type { FixContext } from './fix-context.js'
import type { FixPlan } from './fix-plan.js'
import { thisMachine } from './machine/this-machine.js'
import type { Machine } from './machine/machine.js'
import type { ObjectDoor } from './object-door.js'
import { makeSteps } from './make-steps.js'
import { readPlan } from './plan-read.js'
import { preflight } from './preflight.js'

/** What carrying out, going on and putting back need besides the plan. */
export interface FixDoors {
  /** Rampart's own folder; see `stateFolder`. */
  readonly state: string
  /** The audit that the plan was made from, asked again. */
  readonly audit: (plan: FixPlan) => Promise<AuditResult>
  /** One host as it is now, with its processes. */
  readonly readHost: (root: string) => Promise<Estate>
  readonly machine?: Machine
  /** The cluster that the user named, for plans that change objects. */
  readonly cluster?: (plan: FixPlan) => Promise<ObjectDoor | undefined>
  readonly observer?: RunObserver
  readonly signal?: AbortSignal
  /** How long a service may take until it answers, in milliseconds. */
  readonly healthMs?: number
}

export interface FixOutcome {
  /** The id of the run, for `rollback` and `history`. */
  readonly run: string
  readonly outcome: RunOutcome
}

/** How long a service may take unless said: a static pod is stopped, pulled up and asked again. */
const HEALTH_MS = 120_000

/**
 * Carries a plan out: everything is asked first, then backed up, written, restarted, asked again, audited again. What fails
 * puts all of it back. Throws, with nothing changed, when the plan does not fit what is there.
 */
export async function applyFix(plan: FixPlan, doors: FixDoors): Promise<FixOutcome> {
  const machine = doors.machine ?? thisMachine()
  refuseWatchedState(plan, doors.state)
  await doorTo(plan, doors)
  return locked(doors.state, 'rampart fix', async () => {
    const open = await openFix(doors.state)
    if (open !== undefined)
      throw new RampartError(
        'not-allowed',
        `the run ${open} was cut short: \`rampart fix --resume\` finishes it, \`rampart fix rollback ${open}\` puts it back`,
      )
    const reasons = await preflight(plan, machine)
    if (reasons.length > 0)
      throw new RampartError(
        'unreadable-input',
        `nothing was changed:\n${reasons.map((reason) => `  ${reason}`).join('\n')}`,
      )
    const run = await createRun(doors.state, {
      kind: 'fix',
      subject: subjectWords(plan),
      plan: plan as unknown as JsonValue,
    })
    return carryOut(run, plan, doors)
  })
}

/** Goes on with a run that was cut short: finishes it, or its putting back. Without an id it is the open one. */
export async function resumeFix(id: string | undefined, doors: FixDoors): Promise<FixOutcome> {
  return locked(doors.state, 'rampart fix --resume', async () => {
    const which = id ?? (await openFix(doors.state))
    if (which === undefined)
      throw new RampartError(
        'no-input',
        `no run in ${doors.state} was cut short: there is nothing to go on with`,
      )
    const run = await openRun(doors.state, which)
    if (stepProgress(run.journal.entries).phase === 'ended') {
      await run.journal.close()
      throw new RampartError('usage', `the run ${which} has ended: there is nothing to go on with`)
    }
    return carryOut(run, planOf(run), doors)
  })
}

/** Puts a run back, finished or not. Throws, with nothing changed, where files were changed again since. */
export async function rollBackFix(id: string, doors: FixDoors): Promise<FixOutcome> {
  return locked(doors.state, 'rampart fix rollback', async () => {
    const run = await openRun(doors.state, id)
    try {
      const plan = planOf(run)
      if (stepProgress(run.journal.entries).outcome === 'done') await refuseChanged(plan)
      const steps = await makeSteps(plan, await contextOf(run, plan, doors))
      const observer = doors.observer
      const outcome = await rollBack({
        journal: run.journal,
        steps,
        ...(observer === undefined ? {} : { observer }),
      })
      return { run: id, outcome }
    } finally {
      await run.journal.close()
    }
  })
}

/** One run at a time. A state folder that cannot be written is told as that, whatever step found out. */
async function locked<T>(state: string, what: string, work: () => Promise<T>): Promise<T> {
  const held: { lock?: Lock } = {}
  try {
    held.lock = await acquireLock(join(state, 'fix.lock'), what)
    return await work()
  } catch (error) {
    const fault = STATE_FAULTS[asString(field(error, 'code')) ?? '']
    if (fault === undefined || error instanceof RampartError) throw error
    throw new RampartError(
      'not-allowed',
      `the state folder ${state} cannot be written: ${fault}. A run that was begun is as it was: mend that, then \`rampart fix --resume\``,
      { cause: error },
    )
  } finally {
    await held.lock?.release()
  }
}

const STATE_FAULTS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota of its owner is used up',
  EROFS: 'its file system is read-only',
  EACCES: 'permission denied (run it as root, or name another one with --state-dir)',
  EPERM: 'permission denied',
  ENOTDIR: 'a file is in the way',
}

/** The fix that was cut short, if there is one. */
export async function openFix(state: string): Promise<string | undefined> {
  const runs = await listRuns(state, 'fix')
  return runs.find(({ progress }) => progress !== undefined && progress.phase !== 'ended')?.id
}

async function carryOut(run: Run, plan: FixPlan, doors: FixDoors): Promise<FixOutcome> {
  const { observer, signal } = doors
  try {
    const steps = await makeSteps(plan, await contextOf(run, plan, doors))
    const outcome = await runSteps({
      journal: run.journal,
      steps,
      onFailure: 'roll-back',
      ...(observer === undefined ? {} : { observer }),
      ...(signal === undefined ? {} : { signal }),
    })
    return { run: run.id, outcome }
  } finally {
    await run.journal.close()
  }
}

async function contextOf(run: Run, plan: FixPlan, doors: FixDoors): Promise<FixContext> {
  const objects = await doorTo(plan, doors)
  return {
    run,
    ...(objects === undefined ? {} : { objects }),
    machine: doors.machine ?? thisMachine(),
    readHost: doors.readHost,
    audit: () => doors.audit(plan),
    healthMs: doors.healthMs ?? HEALTH_MS,
  }
}

/** The door to the cluster of a plan that changes objects. Throws where the user named none, or another one. */
async function doorTo(plan: FixPlan, doors: FixDoors): Promise<ObjectDoor | undefined> {
  if (plan.objects.length === 0) return undefined
  const door = await doors.cluster?.(plan)
  if (door !== undefined) return door
  const { name = '', server = '' } = plan.subject.cluster ?? {}
  throw new RampartError(
    'usage',
    `this changes objects of the cluster ${name} (${server}): name it, with --context NAME`,
  )
}

function planOf(run: Run): FixPlan {
  if (run.kind !== 'fix' || !isObject(run.plan))
    throw new RampartError('usage', `the run ${run.id} is no fix`)
  return readPlan(JSON.stringify(run.plan), run.folder)
}

/** A run's files may only be put back over what the run wrote. */
async function refuseChanged(plan: FixPlan): Promise<void> {
  const changed: string[] = []
  for (const { host, path, real, before, after } of plan.files) {
    const is = await sumOf(rootOf(plan, host), real ?? path)
    if (is !== after && is !== before) changed.push(path)
  }
  if (changed.length === 0) return
  throw new RampartError(
    'unreadable-input',
    `nothing was put back: ${changed.join(', ')} ${changed.length === 1 ? 'was' : 'were'} changed again after that run`,
  )
}

/** The state folder may lie inside of a host's root, but not where a daemon of that host reads. */
function refuseWatchedState(plan: FixPlan, state: string): void {
  for (const { root } of plan.subject.hosts) {
    const inside = relative(root, resolve(state))
    if (!inside.startsWith('..')) stateFolder(join('/', inside), {})
  }
}

function subjectWords(plan: FixPlan): string {
  const { hosts, paths } = plan.subject
  return [...hosts.map(({ name, root }) => (root === '/' ? name : `${name} (${root})`)), ...paths].join(', ')
}
