import { RampartError, valueAt } from '../../../model/index.js'
import { isCordonedByUpgrade } from '../../../kube/index.js'
import type { PlannedStep } from '../../../upgrade/index.js'
import { drainNode, reasonOf, type DrainEvent } from '../../drain/index.js'
import type { Step, StepState } from '../../journal/index.js'
import type { UpgradeContext } from '../upgrade-context.js'
import { refusalOfNode } from './cluster-check.js'

/** Cordons a node and moves its pods away. It was cordoned before: then it stays so at the end. */
export function drainStep(planned: PlannedStep, context: UpgradeContext): Step {
  const { client } = context.cluster
  const { node } = planned
  return {
    id: planned.id,
    title: planned.title,
    precondition: () => refusalOfNode(planned, context),
    check: () => isDrained(planned, context),
    async act(signal) {
      const wasCordoned = cordonedBefore(planned, context) ?? (await isKeptClosed(context, node))
      // On disk before the first change: after a crash nobody could tell who had cordoned it.
      if (cordonedBefore(planned, context) === undefined) {
        await context.journal.append({ kind: 'note', step: planned.id, data: { wasCordoned } })
      }
      if (!wasCordoned) await context.cluster.cordon(node)
      const began = Date.now()
      const outcome = await drainNode(
        client,
        node,
        { ignoreDaemonSets: true, ...context.drain, ...(signal === undefined ? {} : { signal }) },
        { event: (event) => tell(event, planned, context) },
      )
      if (outcome.kind !== 'drained') {
        throw new RampartError('unreachable', `${node} was not drained: ${reasonOf(outcome)}`)
      }
      return { wasCordoned, pods: outcome.pods.length, seconds: Math.round((Date.now() - began) / 1000) }
    },
    async undo() {
      if (cordonedBefore(planned, context) !== false) return
      await uncordon(planned, context, 'not-rolled-back')
    },
  }
}

/** Lets pods on a node again, unless somebody had closed it before the upgrade. */
export function uncordonStep(planned: PlannedStep, context: UpgradeContext): Step {
  const drain = drainOf(planned, context)
  const stays = (): boolean => drain !== undefined && cordonedBefore(drain, context) === true
  return {
    id: planned.id,
    title: planned.title,
    precondition: () => refusalOfNode(planned, context),
    async check() {
      if (stays() || !(await isCordoned(context, planned.node))) return { holds: true }
      return { holds: false, reason: `${planned.node} is still cordoned` }
    },
    async act() {
      if (stays()) return { left: 'cordoned, as it was before the upgrade' }
      await uncordon(planned, context, 'unreachable')
      return undefined
    },
    undo: () => Promise.resolve(),
  }
}

async function uncordon(
  { node }: PlannedStep,
  { cluster }: UpgradeContext,
  fault: 'unreachable' | 'not-rolled-back',
): Promise<void> {
  try {
    await cluster.uncordon(node)
  } catch (cause) {
    throw new RampartError(fault, `${node} could not be uncordoned: ${(cause as Error).message}`, { cause })
  }
}

/** Whether the node was cordoned before its drain began; undefined where that was not seen. */
export function cordonedBefore(
  planned: PlannedStep,
  { journal }: Pick<UpgradeContext, 'journal'>,
): boolean | undefined {
  const note = journal.entries.find(
    ({ kind, step, data }) =>
      kind === 'note' && step === planned.id && typeof data?.wasCordoned === 'boolean',
  )
  return note === undefined ? undefined : note.data?.wasCordoned === true
}

/** The last drain of the node before a step. */
export function drainOf(
  planned: PlannedStep,
  { plan }: Pick<UpgradeContext, 'plan'>,
): PlannedStep | undefined {
  const at = plan.steps.findIndex(({ id }) => id === planned.id)
  return plan.steps.slice(0, at).findLast(({ node, action }) => node === planned.node && action === 'drain')
}

export async function isCordoned(
  { cluster }: Pick<UpgradeContext, 'cluster'>,
  node: string,
): Promise<boolean> {
  return valueAt(await cluster.node(node), ['spec', 'unschedulable']) === true
}

/** Cordoned by somebody else than an upgrade. */
async function isKeptClosed({ cluster }: UpgradeContext, name: string): Promise<boolean> {
  const node = await cluster.node(name)
  return (
    valueAt(node, ['spec', 'unschedulable']) === true && !(node !== undefined && isCordonedByUpgrade(node))
  )
}

/** Asked as a drain that changes nothing: which pods would go? */
async function isDrained(planned: PlannedStep, context: UpgradeContext): Promise<StepState> {
  const { node } = planned
  if (!(await isCordoned(context, node))) return { holds: false, reason: `${node} is not cordoned` }
  const pods: string[] = []
  const outcome = await drainNode(
    context.cluster.client,
    node,
    { ignoreDaemonSets: true, ...context.drain, dryRun: 'client' },
    {
      event: (event) => event.type === 'would-evict' && pods.push(`${event.pod.namespace}/${event.pod.name}`),
    },
  )
  if (outcome.kind !== 'drained') return { holds: false, reason: reasonOf(outcome) }
  if (pods.length === 0) return { holds: true }
  return { holds: false, reason: `${pods.length} pods are still on ${node}: ${pods.slice(0, 3).join(', ')}` }
}

function tell(event: DrainEvent, planned: PlannedStep, context: UpgradeContext): void {
  const waiting = (text: string): void => context.waiting(planned, text)
  if (event.type === 'chosen') waiting(`${event.pods.length} pods to go`)
  else if (event.type === 'retry') {
    const causes = event.causes.length === 0 ? event.because : event.causes.join('; ')
    waiting(`${event.pod.namespace}/${event.pod.name}, which may not be evicted yet: ${causes}`)
  } else if (event.type === 'ending') waiting(`${event.pod.namespace}/${event.pod.name} to end`)
}
