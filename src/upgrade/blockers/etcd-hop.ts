import { asString, valueAt } from '../../model/index.js'
import { readYaml } from '../../text/index.js'
import { etcdVersion, type EtcdMember } from '../inventory/index.js'
import { minorText } from '../kube-version.js'
import { listed } from '../listed.js'
import type { Blocker, BlockerCheck, BlockerContext } from './blocker.js'

type Numbers = readonly [number, number, number]

/**
 * The patch of 3.5 that must run before any 3.6: older ones bring removed members back.
 * Source: etcd.io/blog/2025/zombie_members_upgrade; 3.5.20 of upgrade_from_3.5_to_3.6_issue is older.
 */
const BEFORE_36: Numbers = [3, 5, 26]
const REFERENCES = [
  'https://etcd.io/blog/2025/zombie_members_upgrade/',
  'https://etcd.io/blog/2025/upgrade_from_3.5_to_3.6_issue/',
]

/** Steps of etcd that need another one first. */
export const etcdHop: BlockerCheck = {
  id: 'etcd-hop',
  title: 'etcd is not at the patch that the next of its versions needs',
  find(context) {
    const { inventory, from, to } = context
    // Manifests alone have no etcd.
    if (from === to || (inventory.nodes.length === 0 && inventory.etcd.topology === 'unknown')) return []
    const { topology, members } = inventory.etcd
    const known = members.filter(
      (member): member is EtcdMember & { version: Numbers } => member.version !== undefined,
    )
    const [oldest] = [...known].sort((a, b) => order(a.version, b.version))
    if (topology === 'external') return external(context, oldest)
    if (oldest === undefined) {
      return [
        {
          check: etcdHop.id,
          level: 'unknown',
          subject: { kind: 'cluster' },
          message: 'the version of etcd was not read: whether its next version may follow is not known',
          fix: 'read pods of kube-system, or see `etcdctl endpoint status --cluster -w table`',
          references: REFERENCES,
        },
      ]
    }
    return local(context, oldest, known)
  },
}

function local(
  context: BlockerContext,
  oldest: EtcdMember & { version: Numbers },
  known: readonly (EtcdMember & { version: Numbers })[],
): Blocker[] {
  const { data, from, to } = context
  const pinned = pinnedTag(context)
  const found: Blocker[] = []
  if (pinned !== undefined) {
    found.push({
      check: etcdHop.id,
      level: 'warns',
      subject: { kind: 'cluster' },
      message: `kubeadm is told to keep etcd at ${pinned}: no hop brings it forward`,
      fix: 'take `etcd.local.imageTag` out of ConfigMap kube-system/kubeadm-config once the version is no longer needed',
      evidence: 'ConfigMap kube-system/kubeadm-config, etcd.local.imageTag',
      references: REFERENCES,
    })
    return found
  }
  let now: Numbers = oldest.version
  for (let minor = from + 1; minor <= to; minor += 1) {
    const next = etcdVersion(data.kubeadm.find((row) => row.minor === minor)?.etcd ?? '')
    if (next === undefined || order(next, now) <= 0) continue
    if (next[0] === 3 && next[1] >= 6 && now[1] === 5 && order(now, BEFORE_36) < 0) {
      const behind = known.filter(({ version }) => order(version, BEFORE_36) < 0).map(({ node }) => node)
      found.push({
        check: etcdHop.id,
        level: 'blocks',
        subject:
          behind.length === 1
            ? { kind: 'component', component: 'etcd', node: behind[0] ?? '' }
            : { kind: 'cluster' },
        minor: minorText(minor),
        message: `kubeadm ${minorText(minor)} brings etcd ${words(next)}, and before 3.6 every member must run ${words(BEFORE_36)} or a later 3.5: members that were removed long ago may come back (${listed(behind)}: ${words(now)})`,
        fix: `before that minor set \`etcd.local.imageTag: ${words(BEFORE_36)}-0\` in ConfigMap kube-system/kubeadm-config, run \`kubeadm upgrade apply\` on the same version and \`kubeadm upgrade node\` on the other control-plane nodes, wait until \`etcdctl endpoint status --cluster\` says ${words(BEFORE_36)} everywhere, and take the tag out again`,
        evidence: oldest.seen,
        references: REFERENCES,
      })
    }
    if (next[1] - now[1] > 1) {
      found.push({
        check: etcdHop.id,
        level: 'blocks',
        subject: { kind: 'cluster' },
        minor: minorText(minor),
        message: `kubeadm ${minorText(minor)} brings etcd ${words(next)}, which would skip a minor of etcd after ${words(now)}`,
        fix: `bring etcd to 3.${next[1] - 1} first`,
        evidence: oldest.seen,
        references: ['https://etcd.io/docs/latest/upgrades/'],
      })
    }
    now = next
  }
  return found
}

/** kubeadm asks an external etcd for a least version, and upgrades it never. */
function external(
  { data, to }: BlockerContext,
  oldest: (EtcdMember & { version: Numbers }) | undefined,
): Blocker[] {
  const least = data.kubeadm.find(({ minor }) => minor === to)?.minExternalEtcd
  const needed = etcdVersion(least ?? '')
  if (needed === undefined) return []
  if (oldest !== undefined && order(oldest.version, needed) >= 0) return []
  return [
    {
      check: etcdHop.id,
      level: oldest === undefined ? 'unknown' : 'blocks',
      subject: { kind: 'cluster' },
      minor: minorText(to),
      message: `kubeadm ${minorText(to)} takes an external etcd of ${words(needed)} or later${oldest === undefined ? ', and which one runs was not read' : `, and ${words(oldest.version)} runs`}`,
      fix: `see \`etcdctl endpoint status --cluster -w table\`; bring every member to ${words(needed)}, and to ${words(BEFORE_36)} before any 3.6`,
      references: REFERENCES,
    },
  ]
}

function pinnedTag({ inventory }: BlockerContext): string | undefined {
  const { value } = readYaml(inventory.kubeadm?.clusterConfiguration ?? '')
  return asString(valueAt(value, ['etcd', 'local', 'imageTag']))
}

function order(a: Numbers, b: Numbers): number {
  return a[0] - b[0] || a[1] - b[1] || a[2] - b[2]
}

function words(version: Numbers): string {
  return version.join('.')
}
