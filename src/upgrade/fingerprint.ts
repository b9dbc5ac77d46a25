import { createHash } from 'node:crypto'
import { isObject } from '../model/index.js'
import type { ClusterInventory } from './inventory/index.js'
import type { PlannedStep, UpgradePlan } from './upgrade-plan.js'

/**
 * SHA-256 of what a plan rests on: which nodes there are, in which role, and every version. Another one means that the
 * cluster is not as it was when the plan was made.
 */
export function clusterFingerprint({ uid, nodes, components, etcd }: ClusterInventory): string {
  const parts = {
    uid,
    nodes: nodes.map(({ name, uid: own, role }) => [name, own, role]),
    components: components
      .filter(({ component }) => component !== 'kubectl')
      .map(({ component, node, text }) => [component, node, text]),
    etcd: [etcd.topology, ...etcd.members.map(({ node, text }) => [node, text])],
  }
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex')
}

/** SHA-256 of a plan without its own digest, whatever the order of its keys: an edited plan has another one. */
export function planDigest(plan: Omit<UpgradePlan, 'digest'>): string {
  const hash = createHash('sha256')
  const { digest: _own, steps, ...header } = plan as UpgradePlan
  hash.update(inOrder(header))
  // Step by step: the text of a plan for thousands of nodes is long.
  for (const step of steps) hash.update(`${JSON.stringify(canonical(step))}\n`)
  return hash.digest('hex')
}

/** A step as a list, so that the order of its keys does not count; a large plan has no time to sort them. */
function canonical(step: PlannedStep): unknown[] {
  const { id, node, role, action, minor, version, title, precondition, check, back } = step
  const { group, pointOfNoReturn, expect, commands } = step
  return [
    [id, node, role, action, minor, version, title, precondition, check, back],
    [group ?? null, pointOfNoReturn ?? null],
    [expect?.kubelet ?? null, expect?.apiserver ?? null, expect?.kubeadm ?? null],
    commands.map((command) =>
      'run' in command
        ? [command.on, command.run, command.output ?? null, Object.entries(command.env ?? {}).sort()]
        : [command.on, command.write, command.text, command.mode],
    ),
  ]
}

function inOrder(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1))) : inner,
  )
}
