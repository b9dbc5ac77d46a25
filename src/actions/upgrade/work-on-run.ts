import { hostname } from 'node:os'
import { RampartError } from '../../model/index.js'
import type { PlannedStep, UpgradePlan } from '../../upgrade/index.js'
import { stepProgress, type Run, type RunEvent } from '../journal/index.js'
import { contextOf, patienceOf, type ApplyOptions } from './apply-options.js'
import { baselineOf } from './baseline.js'
import { keepLease, type LeaseKeeper } from './hold-lease.js'
import { leaveNodes } from './leave-nodes.js'
import { UpgradeLease } from './lease/upgrade-lease.js'
import { isPaused, unpauseRun } from './open-runs.js'
import { isAway, patiently } from './patient-cluster.js'
import { runLanes } from './run-lanes.js'
import { RunMeter, type RunTimes } from './run-meter.js'
import { schedule } from './schedule.js'
import { upgradeStep } from './steps/upgrade-step.js'
import type { UpgradeCluster } from './upgrade-cluster.js'
import { USUAL_LIMITS, type UpgradeContext, type UpgradeLimits } from './upgrade-context.js'
import type { UpgradeEvent, UpgradeOutcome } from './upgrade-event.js'

/** Works on an open run until it is done, paused or stopped, with the Lease held all the time. */
export async function workOn(
  run: Run,
  plan: UpgradePlan,
  cluster: UpgradeCluster,
  options: ApplyOptions,
): Promise<UpgradeOutcome> {
  const { phase, outcome } = stepProgress(run.journal.entries)
  if (phase === 'rolling-back') {
    throw new RampartError(
      'not-allowed',
      `the upgrade ${run.id} is being given up: finish that by \`rampart upgrade abort\``,
    )
  }
  if (outcome !== undefined) throw new RampartError('usage', `the upgrade ${run.id} has ended (${outcome})`)
  const lease = new UpgradeLease(options.client, {
    host: options.machine ?? hostname(),
    run: run.id,
    journal: run.folder,
  })
  const fresh = run.journal.entries.length === 1
  const limits = { ...USUAL_LIMITS, ...options.limits }
  const acquire = (): Promise<void> =>
    lease.acquire({ openStep: '', state: 'running', seconds: 120 }, options.takeOver === true)
  try {
    // A step that a killed process began may be taking the API server down at this very moment.
    await (fresh ? acquire() : patiently(cluster, patienceOf(options, limits), acquire))
  } catch (error) {
    // A run that never began must not stand in the way of the next.
    if (fresh) await run.journal.append({ kind: 'end', reason: 'refused' })
    throw error
  }
  await unpauseRun(run.folder)
  const lost = new AbortController()
  const keeper = keepLease({
    lease,
    awayFor: (step) => awayFor(step, limits),
    away: (error) => isAway(cluster, error),
    lost: (reason) => {
      void options.observer.event({ type: 'note', at: new Date().toISOString(), text: reason })
      lost.abort()
    },
  })
  let how: 'stopped' | 'released' = 'stopped'
  try {
    const context = contextOf(
      run,
      plan,
      cluster,
      { ...options, limits },
      await baselineOf(run.journal, cluster),
    )
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
  const meter = new RunMeter(plan, beside)
  const progress = (): UpgradeEvent => progressEvent(plan, meter.read(journal.entries))
  await emit(progress())
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
        if (event.kind === 'checked' || event.kind === 'skipped') await emit(progress())
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

function progressEvent(
  { steps }: UpgradePlan,
  { done, nodesDone, nodes, secondsLeft }: RunTimes,
): UpgradeEvent {
  return {
    type: 'progress',
    at: new Date().toISOString(),
    done,
    steps: steps.length,
    nodesDone,
    nodes,
    ...(secondsLeft === undefined ? {} : { secondsLeft }),
  }
}
