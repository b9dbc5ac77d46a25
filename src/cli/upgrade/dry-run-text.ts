import type { ApiClient } from '../../client/index.js'
import type { UpgradePlan } from '../../upgrade/index.js'
import { targetText, type HostTarget } from './node-hosts.js'

export interface DryRun {
  readonly plan: UpgradePlan
  readonly targets: ReadonlyMap<string, HostTarget>
  readonly state: string
  readonly client: ApiClient
  readonly maxUnavailable: number | undefined
}

/** All that `apply` would do, and whether it would begin; asks the cluster, changes nothing. */
export async function dryRunText(
  { plan, targets, state, client, maxUnavailable }: DryRun,
  format: 'text' | 'json',
): Promise<string> {
  const { chooseRun, commandText, judgeDrift, openRuns, schedule, UpgradeLease, upgradeCluster } =
    await import('../../actions/upgrade/index.js')
  const cluster = upgradeCluster(client)
  const uid = await cluster.uid()
  const run = chooseRun(await openRuns(state), { plan, uid })
  const reached = run?.progress?.steps ?? new Map<string, never>()
  const live = { uid, serverVersion: await cluster.serverVersion(), nodes: await cluster.nodes() }
  const drift = judgeDrift(plan, { steps: reached }, live)
  const held = await new UpgradeLease(client, { host: '', run: run?.id ?? '', journal: '' }).holder()
  const refusals = [
    ...drift.map((each) => `the cluster changed under the plan: ${each}`),
    ...(held === undefined || held.run === run?.id
      ? []
      : [`the Lease is held by ${held.host} (${held.run}), its journal is ${held.journal}`]),
  ]
  const beside = maxUnavailable ?? plan.settings.maxUnavailable
  const stages = schedule(plan.steps, beside)
  if (format === 'json') {
    const steps = plan.steps.map((step) => ({
      id: step.id,
      node: step.node,
      action: step.action,
      where: step.node === '' ? 'here' : targetText(targets.get(step.node)),
      commands: step.commands.map(commandText),
      state: reached.get(step.id)?.state ?? 'not-begun',
    }))
    return `${JSON.stringify({ run: run?.id, refusals, maxUnavailable: beside, steps }, null, 2)}\n`
  }
  const lines = [
    `${plan.cluster.name}: ${plan.from} to ${plan.to}, ${plan.steps.length} steps. Nothing is changed.`,
  ]
  for (const refusal of refusals) lines.push(`It would not begin: ${refusal}`)
  for (const { lanes, beside: lanesBeside } of stages) {
    if (lanes.length > 1)
      lines.push(`-- ${lanes.length} nodes, ${Math.min(lanesBeside, lanes.length)} at a time`)
    for (const { node, steps } of lanes) {
      for (const step of steps) {
        const state_ = reached.get(step.id)?.state
        const done = state_ === 'checked' || state_ === 'skipped' ? ' (done)' : ''
        lines.push(`${step.title}${done}  [${node === '' ? 'here' : targetText(targets.get(node))}]`)
        for (const command of step.commands) lines.push(`    ${commandText(command)}`)
        if (step.pointOfNoReturn !== undefined)
          lines.push(`    no way back from here: ${step.pointOfNoReturn}`)
      }
    }
  }
  return `${lines.join('\n')}\n`
}
