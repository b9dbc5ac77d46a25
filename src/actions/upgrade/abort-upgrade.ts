import { hostname } from 'node:os'
import { join } from 'node:path'
import { RampartError } from '../../model/index.js'
import type { PlannedStep } from '../../upgrade/index.js'
import { acquireLock, openRun, rollBack, stepProgress } from '../journal/index.js'
import { contextOf, patienceOf, type ApplyOptions } from './apply-options.js'
import { baselineOf } from './baseline.js'
import { UpgradeLease } from './lease/upgrade-lease.js'
import { chooseRun, openRuns, unpauseRun } from './open-runs.js'
import { patientCluster, patiently } from './patient-cluster.js'
import { upgradeStep } from './steps/upgrade-step.js'
import { upgradeCluster } from './upgrade-cluster.js'
import { USUAL_LIMITS } from './upgrade-context.js'
import type { UpgradeOutcome } from './upgrade-event.js'
import { visitOf } from './visits.js'

/**
 * Gives an upgrade up: puts back what can be put back, last node first, and says what stays. Nodes are opened again; where
 * a kubelet was already restarted, or the control plane has its version, that stays, for kubeadm knows no way back.
 */
export async function abortUpgrade(
  options: Omit<ApplyOptions, 'plan' | 'resume'>,
): Promise<{ readonly outcome: UpgradeOutcome; readonly run: string }> {
  // The step that is given up may be taking the only API server down at this very moment.
  const limits = { ...USUAL_LIMITS, ...options.limits }
  const patience = patienceOf(options, limits)
  const cluster = patientCluster(upgradeCluster(options.client), patience)
  const runs = await openRuns(options.state)
  // Where there is nothing to give up, nobody is waited for.
  const uid = runs.length === 0 ? '' : await cluster.uid()
  const open = chooseRun(runs, { id: options.run, uid })
  if (open === undefined) throw new RampartError('usage', 'no upgrade of this cluster is open here')
  const lock = await acquireLock(join(options.state, `upgrade-${uid}.lock`), 'an upgrade of this cluster')
  try {
    const run = await openRun(options.state, open.id)
    try {
      const lease = new UpgradeLease(options.client, {
        host: options.machine ?? hostname(),
        run: run.id,
        journal: run.folder,
      })
      await patiently(cluster, patience, () =>
        lease.acquire({ openStep: 'abort', state: 'running', seconds: 3600 }, options.takeOver === true),
      )
      const context = contextOf(
        run,
        open.plan,
        cluster,
        { ...options, limits },
        await baselineOf(run.journal, cluster),
      )
      const steps = abortOrder(open.plan.steps, stepProgress(run.journal.entries).steps)
      const outcome = await rollBack({
        journal: run.journal,
        steps: steps.map((planned) => upgradeStep(planned, context)),
        observer: { event: (event) => options.observer.event({ ...event, type: 'step' }) },
      })
      await unpauseRun(run.folder)
      await patiently(cluster, patience, () => lease.release()).catch(() => undefined)
      return {
        outcome: { kind: 'put-back', left: outcome.kind === 'not-rolled-back' ? outcome.left : [] },
        run: run.id,
      }
    } finally {
      await run.journal.close()
    }
  } finally {
    await lock.release()
  }
}

/**
 * The steps that were begun, in an order of which the reverse is right. Within a visit of a node the repository comes back
 * before the packages: those of before are only there.
 */
function abortOrder(steps: readonly PlannedStep[], reached: { has(id: string): boolean }): PlannedStep[] {
  const visits = new Map<string, PlannedStep[]>()
  for (const step of steps) {
    if (!reached.has(step.id)) continue
    const key = visitOf(step.id, step.node)
    const visit = visits.get(key)
    if (visit === undefined) visits.set(key, [step])
    else visit.push(step)
  }
  return [...visits.values()].flatMap((visit) => [
    ...visit.filter(({ action }) => action !== 'repository'),
    ...visit.filter(({ action }) => action === 'repository'),
  ])
}
