import { asString, valueAt } from '../../model/index.js'
import { stepProgress } from '../journal/index.js'
import type { PlannedStep } from '../../upgrade/index.js'
import { conditionOf } from './health/judge-health.js'
import { cordonedBefore } from './steps/drain-step.js'
import type { UpgradeContext } from './upgrade-context.js'
import { visitOf } from './visits.js'

const DONE: ReadonlySet<string | undefined> = new Set(['checked', 'skipped'])

/**
 * After a stop: nodes that are closed and on which no kubelet was touched are opened again, and the state of each node in
 * the middle of its steps is told in one sentence.
 */
export async function leaveNodes(context: UpgradeContext): Promise<string[]> {
  const told: string[] = []
  for (const { node, steps } of openVisits(context)) {
    const drain = steps.find(({ action }) => action === 'drain')
    let opened = false
    if (drain !== undefined && mayOpen(drain, steps, context)) {
      opened = await context.cluster.uncordon(node).then(
        () => true,
        () => false,
      )
      // Its drain is to be done again before anything else on it.
      if (opened) await context.journal.append({ kind: 'undone', step: drain.id })
    }
    told.push(
      await stateOf(node, steps, opened, context).catch(
        (error: unknown) => `${node}: ${(error as Error).message}`,
      ),
    )
  }
  return told
}

/** Visits of nodes that were begun and are not done. */
function openVisits({
  plan,
  journal,
}: UpgradeContext): { readonly node: string; readonly steps: PlannedStep[] }[] {
  const { steps: reached } = stepProgress(journal.entries)
  const visits = new Map<string, { node: string; steps: PlannedStep[] }>()
  for (const step of plan.steps) {
    if (step.node === '') continue
    const key = visitOf(step.id, step.node)
    const visit = visits.get(key)
    if (visit === undefined) visits.set(key, { node: step.node, steps: [step] })
    else visit.steps.push(step)
  }
  return [...visits.values()].filter(({ steps }) => {
    const states = steps.map(({ id }) => reached.get(id)?.state)
    return states.some((state) => state !== undefined) && !states.every((state) => DONE.has(state))
  })
}

function mayOpen(drain: PlannedStep, steps: readonly PlannedStep[], context: UpgradeContext): boolean {
  const { steps: reached } = stepProgress(context.journal.entries)
  const state = reached.get(drain.id)?.state
  if (state === undefined || state === 'skipped' || state === 'undone') return false
  if (cordonedBefore(drain, context) !== false) return false
  const acted = new Set(
    context.journal.entries.filter(({ kind }) => kind === 'acting').map(({ step }) => step),
  )
  return !steps.some(
    ({ id, action }) => (action === 'install-kubelet' || action === 'restart-kubelet') && acted.has(id),
  )
}

async function stateOf(
  node: string,
  steps: readonly PlannedStep[],
  opened: boolean,
  { cluster, journal }: UpgradeContext,
): Promise<string> {
  const { steps: reached } = stepProgress(journal.entries)
  const done = steps.filter(({ id }) => DONE.has(reached.get(id)?.state))
  const object = await cluster.node(node)
  if (object === undefined) return `${node}: it is not in the cluster`
  const closed = valueAt(object, ['spec', 'unschedulable']) === true
  const words = [
    opened ? 'uncordoned again, because its kubelet was not touched' : closed ? 'cordoned' : 'open for pods',
    conditionOf(object, 'Ready') === 'True' ? 'Ready' : 'not Ready',
    `its kubelet reports ${asString(valueAt(object, ['status', 'nodeInfo', 'kubeletVersion'])) ?? 'no version'}`,
    done.length === 0 ? 'no step done' : `done: ${done.map(({ action }) => action).join(', ')}`,
  ]
  return `${node}: ${words.join('; ')}`
}
