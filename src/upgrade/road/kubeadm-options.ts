import type { NodeVisit } from './node-visit.js'

/**
 * What is said to `kubeadm upgrade plan`, `apply` and `node` beside the version. All three take names of checks, and the two
 * that write manifests and kubelet settings take patches; so it is with every kubeadm whose packages are published.
 * Source: kubernetes v1.31.14 to v1.37.2 cmd/kubeadm/app/cmd/upgrade/{plan,apply,node,upgrade}.go.
 */
export function kubeadmOptions(
  command: 'plan' | 'apply' | 'node',
  { role, settings: { kubeadm = {} } }: Pick<NodeVisit, 'role' | 'settings'>,
): string[] {
  const patches = role === 'worker' ? kubeadm.workerPatches : kubeadm.patches
  const ignored = kubeadm.ignorePreflightErrors ?? []
  return [
    ...(command === 'plan' || patches === undefined ? [] : [`--patches=${patches}`]),
    ...(ignored.length === 0 ? [] : [`--ignore-preflight-errors=${ignored.join(',')}`]),
  ]
}
