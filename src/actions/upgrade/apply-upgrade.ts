import { join } from 'node:path'
import { RampartError, type JsonValue } from '../../model/index.js'
import type { UpgradePlan } from '../../upgrade/index.js'
import { acquireLock, createRun, openRun, stepProgress, type Run } from '../journal/index.js'
import { patienceOf, type ApplyOptions } from './apply-options.js'
import { judgeDrift } from './drift.js'
import { chooseRun, isPaused, KIND, openRuns } from './open-runs.js'
import { patientCluster } from './patient-cluster.js'
import { upgradeCluster, type UpgradeCluster } from './upgrade-cluster.js'
import { USUAL_LIMITS } from './upgrade-context.js'
import type { UpgradeOutcome } from './upgrade-event.js'
import { workOn } from './work-on-run.js'

/**
 * Carries out a plan, or goes on with the one that was begun. Throws RampartError where it may not begin: another works
 * on it, the cluster changed under the plan, the plan was edited, the journal is damaged.
 */
export async function applyUpgrade(
  options: ApplyOptions,
): Promise<{ readonly outcome: UpgradeOutcome; readonly run: string }> {
  const runs = await openRuns(options.state)
  const cluster = clusterOf(options, runs.length > 0)
  const uid = await cluster.uid()
  const open = chooseRun(runs, { id: options.run, plan: options.plan, uid })
  const plan = open?.plan ?? options.plan
  if (plan === undefined) {
    throw new RampartError(
      'usage',
      'no upgrade of this cluster is open here: give a plan (rampart upgrade plan --to VERSION -o json > plan.json)',
    )
  }
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

/** In the middle of an upgrade the only API server may be starting; where nothing was begun it must answer at once. */
function clusterOf(options: ApplyOptions, begun: boolean): UpgradeCluster {
  const cluster = upgradeCluster(options.client)
  if (!begun) return cluster
  return patientCluster(cluster, patienceOf(options, { ...USUAL_LIMITS, ...options.limits }))
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
  const begun =
    steps.size === 0
      ? 'Make a new plan'
      : 'Put it back, or give the run up (rampart upgrade abort) and make a new plan'
  throw new RampartError(
    'not-allowed',
    `the cluster changed under the plan: ${drift.slice(0, 5).join('; ')}${more}. ${begun}`,
  )
}
