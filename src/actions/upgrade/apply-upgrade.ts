import { hostname } from 'node:os'
import { join } from 'node:path'
import type { ApiClient } from '../../client/index.js'
import { RampartError, type JsonValue } from '../../model/index.js'
import type { PlannedStep, UpgradePlan } from '../../upgrade/index.js'
import type { DrainOptions } from '../drain/index.js'
import { acquireLock, createRun, openRun, stepProgress, type Run, type RunEvent } from '../journal/index.js'
import { baselineOf, type Baseline } from './baseline.js'
import { judgeDrift } from './drift.js'
import { keepLease, type LeaseKeeper } from './hold-lease.js'
import { leaveNodes } from './leave-nodes.js'
import { UpgradeLease } from './lease/upgrade-lease.js'
import { runTimes } from './node-times.js'
import { chooseRun, isPaused, KIND, openRuns, unpauseRun } from './open-runs.js'
import { runLanes } from './run-lanes.js'
import { schedule } from './schedule.js'
import { upgradeStep } from './steps/upgrade-step.js'
import { upgradeCluster, type UpgradeCluster } from './upgrade-cluster.js'
import { USUAL_LIMITS, type AskPerson, type NodeHost, type UpgradeContext, type UpgradeLimits } from './upgrade-context.js'
import type { UpgradeEvent, UpgradeObserver, UpgradeOutcome } from './upgrade-event.js'

export interface ApplyOptions {
  /** Rampart's state folder. */
  readonly state: string
  readonly client: ApiClient
  /** The plan to begin with; absent to go on with the run that is open. */
  readonly plan?: UpgradePlan
  /** The run to go on with, where several are open. */
  readonly run?: string
  readonly host: (node: string) => NodeHost
  readonly ask: AskPerson
  readonly observer: UpgradeObserver
  /** Aborted: the running steps are no longer waited for. What runs on hosts goes on there. */
  readonly signal: AbortSignal
  /** Asked between steps: whether the run is to stop before the next one. */
  readonly stopping?: () => boolean
  /** Take over the Lease of another machine's unfinished run. */
  readonly takeOver?: boolean
  /** Workers that may be away at the same time, instead of the plan's number. */
  readonly maxUnavailable?: number
  readonly drain?: DrainOptions
  readonly limits?: Partial<UpgradeLimits>
  /** Where jobs are kept on hosts. */
  readonly jobFolder?: string
  /** Goes on with a run that was paused. */
  readonly resume?: boolean
  /** This machine's name in the Lease. */
  readonly machine?: string
}

/** Where jobs are kept on hosts where nothing else is said. */
export const JOB_FOLDER = '/var/lib/rampart/jobs'

/**
 * Carries out a plan, or goes on with the one that was begun. Throws RampartError where it may not begin: another works
 * on it, the cluster changed under the plan, the plan was edited, the journal is damaged.
 */
export async function applyUpgrade(options: ApplyOptions): Promise<{ readonly outcome: UpgradeOutcome; readonly run: string }> {
  const cluster = upgradeCluster(options.client)
  const uid = await cluster.uid()
  const open = chooseRun(await openRuns(options.state), { id: options.run, plan: options.plan, uid })
  if (open === undefined && options.plan === undefined) {
    throw new RampartError('usage', 'no upgrade of this cluster is open here: give a plan (rampart upgrade plan --to VERSION -o json > plan.json)')
  }
  const plan = open?.plan ?? (options.plan as UpgradePlan)
  if (open !== undefined && isPaused(open.folder) && options.resume !== true) {
    throw new RampartError('not-allowed', `the upgrade ${open.id} is paused: rampart upgrade resume`)
  }
  // Before anything is made: a refusal leaves nothing behind.
  if (open === undefined) await refuseDrift(plan, new Map(), cluster, uid)
  const lock = await acquireLock(join(options.state, `upgrade-${uid}.lock`), 'an upgrade of this cluster')
  try {
    const run = open === undefined ? await newRun(options.state, plan) : await openRun(options.state, open.id)
    try {
      if (open !== undefined) await refuseDrift(plan, stepProgress(run.journal.entries).steps, cluster, uid)
      return { outcome: await workOn(run, plan, cluster, options), run: run.id }
    } finally {
      await run.journal.close()
    }
  } finally {
    await lock.release()
  }
}

function newRun(state: string, plan: UpgradePlan): Promise<Run> {
  return createRun(state, {
    kind: KIND,
    subject: `${plan.cluster.name}: ${plan.from} to ${plan.to}`,
    plan: plan as unknown as JsonValue,
  })
}

async function refuseDrift(
  plan: UpgradePlan,
  steps: Parameters<typeof judgeDrift>[1]['steps'],
  cluster: UpgradeCluster,
  uid: string,
): Promise<void> {
  const live = { uid, serverVersion: await cluster.serverVersion(), nodes: await cluster.nodes() }
  const drift = judgeDrift(plan, { steps }, live)
  if (drift.length === 0) return
  const more = drift.length > 5 ? ` and ${drift.length - 5} more` : ''
  const begun = steps.size === 0 ? 'Make a new plan' : 'Put it back, or give the run up (rampart upgrade abort) and make a new plan'
  throw new RampartError(
    'not-allowed',
    `the cluster changed under the plan: ${drift.slice(0, 5).join('; ')}${more}. ${begun}`,
  )
}

async function workOn(run: Run, plan: UpgradePlan, cluster: UpgradeCluster, options: ApplyOptions): Promise<UpgradeOutcome> {
  const { phase, outcome } = stepProgress(run.journal.entries)
  if (phase === 'rolling-back') {
    throw new RampartError('not-allowed', `the upgrade ${run.id} is being given up: finish that by \`rampart upgrade abort\``)
  }
  if (outcome !== undefined) throw new RampartError('usage', `the upgrade ${run.id} has ended (${outcome})`)
  const lease = new UpgradeLease(options.client, {
    host: options.machine ?? hostname(),
    run: run.id,
    journal: run.folder,
  })
  const fresh = run.journal.entries.length === 1
  try {
    await lease.acquire({ openStep: '', state: 'running', seconds: 120 }, options.takeOver === true)
  } catch (error) {
    // A run that never began must not stand in the way of the next.
    if (fresh) await run.journal.append({ kind: 'end', reason: 'refused' })
    throw error
  }
  await unpauseRun(run.folder)
  const lost = new AbortController()
  const limits = { ...USUAL_LIMITS, ...options.limits }
  const keeper = keepLease({
    lease,
    awayFor: (step) => awayFor(step, limits),
    lost: (reason) => {
      void options.observer.event({ type: 'note', at: new Date().toISOString(), text: reason })
      lost.abort()
    },
  })
  let how: 'stopped' | 'released' = 'stopped'
  try {
    const context = contextOf(run, plan, cluster, { ...options, limits }, await baselineOf(run.journal, cluster))
    const result = await runPlan(run, context, keeper, options, lost.signal)
    if (result.kind === 'done') {
      await run.journal.append({ kind: 'end', reason: 'done' })
      how = 'released'
    }
    return result
  } finally {
    // Where nobody answers, the Lease still names this run, and that is what it is for.
    await keeper.stop(how).catch(() => undefined)
  }
}

/** A step on the machine of an API server may take it down for as long as it lasts. */
function awayFor({ role, action }: PlannedStep, limits: UpgradeLimits): number {
  if (role === 'worker' || role === 'cluster') return 0
  if (action === 'kubeadm-apply' || action === 'kubeadm-node') return limits.kubeadm + limits.restart
  return action === 'restart-kubelet' ? limits.command + limits.restart : 0
}

/** What the steps of a run work with. */
export function contextOf(
  run: Pick<Run, 'id' | 'folder' | 'journal'>,
  plan: UpgradePlan,
  cluster: UpgradeCluster,
  options: Pick<ApplyOptions, 'host' | 'ask' | 'drain' | 'jobFolder' | 'observer'> & { readonly limits: UpgradeLimits },
  baseline: Baseline,
): UpgradeContext {
  const { deleteEmptydirData, force } = plan.settings.drain
  return {
    plan,
    runId: run.id,
    journal: run.journal,
    cluster,
    host: options.host,
    ask: options.ask,
    jobFolder: options.jobFolder ?? JOB_FOLDER,
    hereFolder: join(run.folder, 'jobs'),
    drain: { deleteEmptyDirData: deleteEmptydirData, force, ...options.drain },
    limits: options.limits,
    waiting: (step, text) =>
      void options.observer.event({
        type: 'waiting',
        at: new Date().toISOString(),
        step: step.id,
        node: step.node,
        title: step.title,
        for: text,
      }),
    failedBefore: () => baseline.failedBefore,
    etcdMembers: () => baseline.etcdMembers,
  }
}

async function runPlan(
  run: Run,
  context: UpgradeContext,
  keeper: LeaseKeeper,
  options: ApplyOptions,
  lost: AbortSignal,
): Promise<UpgradeOutcome> {
  const { plan, journal } = context
  const beside = options.maxUnavailable ?? plan.settings.maxUnavailable
  const byId = new Map(plan.steps.map((step) => [step.id, step]))
  const emit = (event: UpgradeEvent): void | Promise<void> => options.observer.event(event)
  await emit(progressEvent(plan, run, beside))
  const outcome = await runLanes({
    stages: schedule(plan.steps, beside),
    stepOf: (planned) => upgradeStep(planned, context),
    journal,
    observer: {
      async event(event: RunEvent) {
        const planned = event.step === undefined ? undefined : byId.get(event.step)
        await emit({
          ...event,
          type: 'step',
          ...(planned === undefined
            ? {}
            : { node: planned.node, action: planned.action, minor: planned.minor, title: planned.title }),
        })
        if (event.kind === 'checked' || event.kind === 'skipped') await emit(progressEvent(plan, run, beside))
      },
    },
    signal: AbortSignal.any([options.signal, lost]),
    before: (planned) => keeper.begin(planned),
    after: (planned) => keeper.end(planned),
    paused: () => isPaused(run.folder) || options.stopping?.() === true,
  })
  if (outcome.kind === 'done') return outcome
  // Whoever took the Lease decides about the nodes now.
  if (outcome.kind === 'paused' || lost.aborted) {
    return outcome.kind === 'paused' ? outcome : { ...outcome, nodes: [] }
  }
  return { ...outcome, nodes: await leaveNodes(context) }
}

function progressEvent(plan: UpgradePlan, { journal }: Run, beside: number): UpgradeEvent {
  const { steps } = stepProgress(journal.entries)
  const done = plan.steps.filter(({ id }) => {
    const state = steps.get(id)?.state
    return state === 'checked' || state === 'skipped'
  }).length
  const { nodesDone, nodes, secondsLeft } = runTimes(plan, journal.entries, beside)
  return {
    type: 'progress',
    at: new Date().toISOString(),
    done,
    steps: plan.steps.length,
    nodesDone,
    nodes,
    ...(secondsLeft === undefined ? {} : { secondsLeft }),
  }
}
