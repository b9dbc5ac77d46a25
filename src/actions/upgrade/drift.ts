import { asString, valueAt, type JsonObject } from '../../model/index.js'
import type { UpgradePlan } from '../../upgrade/index.js'
import type { RunProgress } from '../journal/index.js'

/** The cluster as it is now, as far as a plan rests on it. */
export interface LiveCluster {
  readonly uid: string
  readonly serverVersion: string
  readonly nodes: readonly JsonObject[]
}

/**
 * How a cluster differs from what the plan, as far as it is carried out, has made of it. One sentence each; empty when
 * the plan still fits.
 */
export function judgeDrift(
  plan: UpgradePlan,
  progress: Pick<RunProgress, 'steps'>,
  live: LiveCluster,
): string[] {
  if (plan.cluster.uid !== '' && plan.cluster.uid !== live.uid) {
    return [
      `it is another cluster: the plan is of ${plan.cluster.name} (kube-system has the UID ${plan.cluster.uid}), this one has ${live.uid}`,
    ]
  }
  const touched = (id: string): boolean => {
    const state = progress.steps.get(id)?.state
    return state !== undefined && state !== 'undone'
  }
  const versions = new Map<string, Set<string>>(
    plan.nodes.map(({ name, kubelet }) => [name, new Set([kubelet])]),
  )
  const servers = new Set([plan.from, ...alreadyThere(plan)])
  const removed = new Set<string>()
  for (const { id, node, action, version } of plan.steps) {
    if (!touched(id)) continue
    const done = progress.steps.get(id)?.state === 'checked' || progress.steps.get(id)?.state === 'skipped'
    if (action === 'restart-kubelet') {
      // Once it is done the older version is no longer right; in the middle of it both are.
      if (done) versions.get(node)?.clear()
      versions.get(node)?.add(version)
    }
    if (action === 'kubeadm-apply' || action === 'kubeadm-node') servers.add(version)
    if (action === 'remove-node') removed.add(node)
  }
  const drift: string[] = []
  if (!servers.has(live.serverVersion)) {
    drift.push(`the API server is ${live.serverVersion}, the plan expects ${[...servers].join(' or ')}`)
  }
  const byName = new Map(live.nodes.map((node) => [text(node, ['metadata', 'name']), node]))
  for (const { name, uid } of plan.nodes) {
    const node = byName.get(name)
    if (node === undefined) {
      if (!removed.has(name)) drift.push(`the node ${name} is gone`)
      continue
    }
    if (uid !== '' && uid !== text(node, ['metadata', 'uid'])) {
      drift.push(`the node ${name} was made anew (its UID differs)`)
      continue
    }
    const kubelet = text(node, ['status', 'nodeInfo', 'kubeletVersion'])
    const right = versions.get(name)
    if (right !== undefined && !right.has(kubelet)) {
      drift.push(`the kubelet of ${name} is ${kubelet}, the plan expects ${[...right].join(' or ')}`)
    }
  }
  return [...drift, ...added(plan, byName)]
}

/** The first version of the road, where some API server had it when the plan was made: either may answer. */
function alreadyThere({ hops, nodes, steps }: UpgradePlan): string[] {
  const first = hops[0]
  if (first === undefined) return []
  const upgraded = new Set(
    steps
      .filter(({ action, version }) => /^kubeadm-(apply|node)$/.test(action) && version === first.version)
      .map(({ node }) => node),
  )
  const rests = nodes.some(({ name, role }) => role !== 'worker' && !upgraded.has(name))
  return rests ? [first.version] : []
}

/** Nodes that the plan does not know. Where nodes are replaced, those at a version of the plan are its own. */
function added(plan: UpgradePlan, live: ReadonlyMap<string, JsonObject>): string[] {
  const known = new Set(plan.nodes.map(({ name }) => name))
  const wanted = new Set(plan.hops.map(({ version }) => version))
  const drift: string[] = []
  for (const [name, node] of live) {
    if (known.has(name)) continue
    const kubelet = text(node, ['status', 'nodeInfo', 'kubeletVersion'])
    if (plan.settings.workers === 'replace' && wanted.has(kubelet)) continue
    drift.push(`the node ${name} (${kubelet}) was added`)
  }
  return drift
}

function text(object: JsonObject, path: readonly string[]): string {
  return asString(valueAt(object, path)) ?? ''
}
