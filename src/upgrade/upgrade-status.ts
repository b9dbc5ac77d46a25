import { compareText, type Unknown } from '../model/index.js'
import { findBlockers, skewOfInventory, type Blocker, type BlockerCheck } from './blockers/index.js'
import { staleness, type UpgradeData } from './data/index.js'
import type { ClusterInventory } from './inventory/index.js'
import { compareVersions, minorText, type KubeVersion } from './kube-version.js'
import { supportOf, type Support } from './support.js'
import { SKEW_RULES, OTHER_SKEW_RULES, type SkewViolation } from './skew/index.js'
import type { Estate } from '../model/index.js'

/** One node in the table of versions; empty where it was not read. */
export interface NodeStatus {
  readonly name: string
  readonly role: 'control-plane' | 'worker'
  readonly ready: 'yes' | 'no' | 'unknown'
  readonly cordoned: boolean
  readonly kubelet: string
  readonly kubeProxy: string
  /** `containerd 2.2.1` */
  readonly runtime: string
  readonly os: string
  /** `v1` or `v2` of control groups. */
  readonly cgroup: string
  /** Components of the control plane on it, with their versions. */
  readonly controlPlane: Readonly<Record<string, string>>
  readonly etcd: string
  /** kubeadm and kubectl, where the packages of the host were read. */
  readonly tools: Readonly<Record<string, string>>
}

/** Where a cluster stands. */
export interface UpgradeStatus {
  readonly cluster: { readonly name: string; readonly uid: string; readonly managedBy?: string }
  /** The API servers, oldest and newest; empty where none was read. */
  readonly apiserver: { readonly oldest: string; readonly newest: string }
  /** What ConfigMap kubeadm-config says; empty where it was not read. */
  readonly kubeadmConfig: string
  readonly highAvailability: boolean
  readonly etcd: { readonly topology: string; readonly versions: readonly string[] }
  readonly nodes: readonly NodeStatus[]
  /** Every rule of the skew policy, and what breaks it. */
  readonly skew: readonly {
    readonly rule: string
    readonly says: string
    readonly holds: boolean | 'not asked'
    readonly violations: readonly SkewViolation[]
  }[]
  /** Of every minor that runs. */
  readonly support: readonly Support[]
  readonly newestKnown: string
  readonly data: { readonly asOf: string; readonly source: string; readonly stale?: string }
  /** What is in the way of the version that is asked about. */
  readonly towards: string
  readonly blockers: readonly Blocker[]
  /** What was not read, one sentence each. */
  readonly gaps: readonly string[]
}

export interface StatusInput {
  readonly estate: Estate
  readonly inventory: ClusterInventory
  readonly data: UpgradeData
  /** The minor that blockers are about; the next one where it is absent. */
  readonly to?: number
  readonly now: number
  readonly checks?: readonly BlockerCheck[]
}

/** Where a cluster stands: versions, policy, support, and what is in the way of the next step. */
export function upgradeStatus({ estate, inventory, data, to, now, checks }: StatusInput): UpgradeStatus {
  const servers = versionsOf(inventory, 'kube-apiserver')
  const running = [...servers, ...versionsOf(inventory, 'kubelet')].sort(compareVersions)
  const from = (servers[0] ?? running[0])?.minor
  const stale = staleness(data, now)
  const towards =
    from === undefined
      ? undefined
      : (to ?? Math.min(from + 1, Math.max(from, data.releases[0]?.minor ?? from)))
  const byMinor = new Map(running.map((version) => [version.minor, version]))
  // The oldest of a minor says whether anything of it is behind.
  for (const version of [...running].reverse()) byMinor.set(version.minor, version)
  return {
    cluster: {
      name: inventory.name,
      uid: inventory.uid,
      ...(inventory.managedBy === undefined ? {} : { managedBy: inventory.managedBy }),
    },
    apiserver: { oldest: text(servers[0]), newest: text(servers.at(-1)) },
    kubeadmConfig: text(inventory.kubeadm?.version),
    highAvailability:
      new Set(
        inventory.components
          .filter(({ component }) => component === 'kube-apiserver')
          .map(({ node }) => node),
      ).size > 1,
    etcd: {
      topology: inventory.etcd.topology,
      versions: [...new Set(inventory.etcd.members.map((member) => member.text))].sort(compareText),
    },
    nodes: nodesOf(inventory),
    skew: skewOf(inventory),
    support: [...byMinor.values()]
      .sort((a, b) => b.minor - a.minor)
      .map((version) => supportOf(version, data, now)),
    newestKnown: data.releases[0] === undefined ? '' : minorText(data.releases[0].minor),
    data: { asOf: data.asOf, source: data.source, ...(stale === undefined ? {} : { stale }) },
    towards: towards === undefined ? '' : minorText(towards),
    blockers:
      from === undefined || towards === undefined
        ? []
        : findBlockers({ estate, inventory, data, from, to: towards, now }, checks),
    gaps: inventory.gaps.map(({ detail }: Unknown) => detail),
  }
}

function text(version: KubeVersion | undefined): string {
  return version === undefined ? '' : `v1.${version.minor}.${version.patch}${version.suffix}`
}

function versionsOf({ components }: ClusterInventory, wanted: string): KubeVersion[] {
  return components
    .flatMap(({ component, version }) => (component === wanted && version !== undefined ? [version] : []))
    .sort(compareVersions)
}

const TOOLS = new Set(['kubeadm', 'kubectl'])

function nodesOf({ nodes, components, etcd }: ClusterInventory): NodeStatus[] {
  const byNode = new Map<string, Record<string, string>>()
  for (const { component, node, text: version } of components) {
    const own = byNode.get(node) ?? {}
    own[component] = version
    byNode.set(node, own)
  }
  const members = new Map(etcd.members.map(({ node, text: version }) => [node, version]))
  return nodes.map((node) => {
    const { kubelet = '', 'kube-proxy': kubeProxy = '', ...others } = byNode.get(node.name) ?? {}
    const pick = (wanted: (name: string) => boolean): Record<string, string> =>
      Object.fromEntries(Object.entries(others).filter(([name]) => wanted(name)))
    return {
      name: node.name,
      role: node.role,
      ready: node.ready === undefined ? 'unknown' : node.ready ? 'yes' : 'no',
      cordoned: node.cordoned,
      kubelet,
      kubeProxy,
      runtime: node.runtime === undefined ? '' : `${node.runtime.name} ${node.runtime.version}`,
      os: node.osImage,
      cgroup: node.cgroup === undefined ? '' : `v${node.cgroup}`,
      controlPlane: pick((name) => !TOOLS.has(name)),
      etcd: members.get(node.name) ?? '',
      tools: pick((name) => TOOLS.has(name)),
    }
  })
}

function skewOf(inventory: ClusterInventory): UpgradeStatus['skew'] {
  const violations = skewOfInventory(inventory)
  const seen = new Set(
    inventory.components.flatMap(({ component, version }) => (version === undefined ? [] : [component])),
  )
  const has = (...components: string[]): boolean =>
    components.some((component) => seen.has(component as never))
  const asked: Readonly<Record<string, boolean>> = {
    'apiserver-apiserver': has('kube-apiserver'),
    'kube-proxy-kubelet': has('kube-proxy') && has('kubelet'),
    ...Object.fromEntries(
      SKEW_RULES.map(({ id, components }) => [id, has('kube-apiserver') && has(...components)]),
    ),
  }
  return [...OTHER_SKEW_RULES.slice(0, 1), ...SKEW_RULES, ...OTHER_SKEW_RULES.slice(1)].map(
    ({ id, says }) => {
      const own = violations.filter(({ rule }) => rule === id)
      return { rule: id, says, holds: asked[id] === true ? own.length === 0 : 'not asked', violations: own }
    },
  )
}
