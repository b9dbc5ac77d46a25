import { asString, valueAt, type JsonObject } from '../../../model/index.js'
import type { PlannedStep } from '../../../upgrade/index.js'
import type { Step, StepState } from '../../journal/index.js'
import { conditionOf } from '../health/judge-health.js'
import { keptOf, type UpgradeContext } from '../upgrade-context.js'
import { refusalOfNode, untilHolds } from './cluster-check.js'
import { runHere } from './run-here.js'

/**
 * Runs the user's own command, which makes a node at the new version, and waits until a node that the plan does not know
 * is Ready with it. A command that ended well is not run again: a second node would
 * come of it.
 */
export function replaceNodeStep(planned: PlannedStep, context: UpgradeContext): Step {
  return {
    id: planned.id,
    title: planned.title,
    precondition: () => (planned.node === '' ? Promise.resolve(undefined) : refusalOfNode(planned, context)),
    async check() {
      const name = asString(keptOf(context, planned.id)?.newNode)
      if (name === undefined) {
        const fresh = await newNodes(planned, context)
        return fresh.length > 0
          ? { holds: true }
          : { holds: false, reason: `no new node at ${planned.version} is Ready` }
      }
      return isReady(await context.cluster.node(name), name, planned.version)
    },
    async act(signal) {
      const began = Date.now()
      await runHere(planned, context, context.limits.newNodes, signal)
      await untilHolds(
        async () =>
          (await newNodes(planned, context)).length > 0
            ? { holds: true }
            : { holds: false, reason: `a new node at ${planned.version} to be Ready` },
        { within: context.limits.newNodes, every: context.limits.look, signal },
        (reason) => context.waiting(planned, reason),
      )
      const [newNode = ''] = await newNodes(planned, context)
      return { newNode, seconds: Math.round((Date.now() - began) / 1000) }
    },
    irreversible: 'the new node stays: remove it by the means that made it',
  }
}

/** Removes the Node object of a node that was drained, and only of that one. */
export function removeNodeStep(planned: PlannedStep, context: UpgradeContext): Step {
  const uid = context.plan.nodes.find(({ name }) => name === planned.node)?.uid ?? ''
  return {
    id: planned.id,
    title: planned.title,
    async check() {
      const node = await context.cluster.node(planned.node)
      const gone = node === undefined || (uid !== '' && valueAt(node, ['metadata', 'uid']) !== uid)
      return gone ? { holds: true } : { holds: false, reason: `the node ${planned.node} is still there` }
    },
    async act() {
      await context.cluster.removeNode(planned.node, uid)
      return undefined
    },
    irreversible: planned.pointOfNoReturn ?? 'the node is gone from the cluster',
  }
}

/** Ready nodes of the version that the plan does not know and no other step has for its own. */
async function newNodes(planned: PlannedStep, context: UpgradeContext): Promise<string[]> {
  const { plan } = context
  const known = new Set(plan.nodes.map(({ name, uid }) => `${name} ${uid}`))
  const taken = new Set(
    plan.steps
      .filter(({ action, id }) => action === 'replace-node' && id !== planned.id)
      .map(({ id }) => asString(keptOf(context, id)?.newNode)),
  )
  const nodes = await context.cluster.nodes()
  return nodes
    .filter((node) => !known.has(`${nameOf(node)} ${asString(valueAt(node, ['metadata', 'uid'])) ?? ''}`))
    .filter((node) => !taken.has(nameOf(node)) && isReady(node, nameOf(node), planned.version).holds)
    .map(nameOf)
    .sort()
}

function isReady(node: JsonObject | undefined, name: string, version: string): StepState {
  if (node === undefined) return { holds: false, reason: `the node ${name} is not there` }
  const reported = asString(valueAt(node, ['status', 'nodeInfo', 'kubeletVersion'])) ?? ''
  if (reported !== version)
    return { holds: false, reason: `${name} reports ${reported || 'no version'}, not ${version}` }
  return conditionOf(node, 'Ready') === 'True'
    ? { holds: true }
    : { holds: false, reason: `${name} is not Ready` }
}

function nameOf(node: JsonObject): string {
  return asString(valueAt(node, ['metadata', 'name'])) ?? ''
}
