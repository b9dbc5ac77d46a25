import { visible } from '../../text/index.js'
import type { NodeStatus, UpgradeStatus } from '../../upgrade/index.js'
import { renderBlockersText } from './render-blockers-text.js'

/** Where a cluster stands, for a terminal. Nodes that are alike share a row. */
export function renderStatusText(status: UpgradeStatus): string {
  const { apiserver, cluster, kubeadmConfig, etcd, data } = status
  const servers =
    apiserver.oldest === ''
      ? 'not read'
      : apiserver.oldest === apiserver.newest
        ? apiserver.oldest
        : `${apiserver.oldest} to ${apiserver.newest}`
  const facts: [string, string][] = [
    ['API servers', `${servers}${status.highAvailability ? ', several' : ''}`],
    ...(cluster.managedBy === undefined ? [] : [['run by', cluster.managedBy] as [string, string]]),
    [
      'kubeadm',
      kubeadmConfig === '' ? 'no ConfigMap kubeadm-config was read' : `cluster of ${kubeadmConfig}`,
    ],
    ['etcd', `${etcd.topology}${etcd.versions.length === 0 ? '' : `, ${etcd.versions.join(' and ')}`}`],
    ['newest minor', `${status.newestKnown}, as of ${data.asOf} (${data.source})`],
  ]
  const lines = [
    cluster.name,
    ...facts.map(([name, value]) => `  ${name.padEnd(13)} ${value}`),
    ...(data.stale === undefined ? [] : [`  STALE         ${data.stale}`]),
    '',
    'Support',
    ...status.support.map(({ says }) => `  ${says}`),
    '',
    'Nodes',
    ...nodeLines(status.nodes),
    '',
    'Version skew policy',
    ...status.skew.flatMap(({ says, holds, violations }) => [
      `  ${(holds === true ? 'holds' : holds === false ? 'BROKEN' : 'not asked').padEnd(9)} ${says}`,
      ...violations.map(({ message }) => `           ${message}`),
    ]),
    ...(status.gaps.length === 0 ? [] : ['', 'Not read', ...status.gaps.map((gap) => `  ${gap}`)]),
    '',
    status.towards === ''
      ? 'What is in the way cannot be said without a version.'
      : `In the way of ${status.towards}`,
    '',
  ]
  return `${lines.map((line) => visible(line)).join('\n')}\n${status.towards === '' ? '' : renderBlockersText(status.blockers)}`
}

/** Fleets are alike: one row for all nodes that have the same versions. */
function nodeLines(nodes: readonly NodeStatus[]): string[] {
  const rows = new Map<string, { names: string[]; cells: string[] }>()
  for (const node of nodes) {
    const cells = [
      node.role,
      node.ready === 'yes'
        ? `Ready${node.cordoned ? ', cordoned' : ''}`
        : node.ready === 'no'
          ? 'NOT READY'
          : '',
      node.kubelet,
      node.kubeProxy,
      Object.entries(node.controlPlane)
        .map(([, version]) => version)
        .filter((version, at, all) => all.indexOf(version) === at)
        .join(' '),
      node.etcd,
      node.runtime,
      node.cgroup,
      Object.entries(node.tools)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
      node.os,
    ]
    const key = cells.join('\0')
    const known = rows.get(key)
    if (known === undefined) rows.set(key, { names: [node.name], cells })
    else known.names.push(node.name)
  }
  const head = [
    'nodes',
    'role',
    'state',
    'kubelet',
    'kube-proxy',
    'control plane',
    'etcd',
    'runtime',
    'cgroup',
    'tools',
    'system',
  ]
  const body = [...rows.values()].map(({ names, cells }) => [
    names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`,
    ...cells,
  ])
  const widths = head.map((_, column) =>
    Math.max(...[head, ...body].map((row) => (row[column] ?? '').length)),
  )
  return [head, ...body].map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  )
}
