import { asString, compareText, RampartError, valueAt } from '../model/index.js'
import { readYaml } from '../text/index.js'
import type { UpgradeData } from './data/index.js'
import { clusterFingerprint, planDigest } from './fingerprint.js'
import type { ClusterInventory, InstalledComponent, NodeInventory } from './inventory/index.js'
import { compareVersions, minorText, versionText, type KubeVersion } from './kube-version.js'
import { buildSteps, planRoad, type KubeadmPaths, type RoadPlace, type StageVersions } from './road/index.js'
import { listed } from './listed.js'
import { planNotes } from './plan-notes.js'
import { refuseBackwards, refuseOthers, type Places } from './refuse-plan.js'
import { stageVersions, targetOf, viaReleases, type Target } from './target.js'
import { kubeadmSettings } from './kubeadm-settings.js'
import type { PackageManager, PlannedNode, UpgradePlan } from './upgrade-plan.js'

/** What the user chooses. */
export interface PlanOptions {
  /** `1.37`, or one patch of it: `1.37.2`. */
  readonly to: string
  /** Patches of minors on the way, instead of the newest known: `1.36.3`. */
  readonly via?: readonly string[]
  /** Visits workers with every minor, and drains for patches too. */
  readonly conservative?: boolean
  readonly maxUnavailable?: number
  /** The control-plane node that runs `kubeadm upgrade apply`. */
  readonly first?: string
  /** For nodes whose system does not tell it. */
  readonly packages?: Exclude<PackageManager, 'unknown'>
  /** Base of package repositories in the layout of pkgs.k8s.io. */
  readonly packagesUrl?: string
  /** The user's own command that makes a node: workers are then replaced. */
  readonly replaceCommand?: string
  readonly deleteEmptydirData?: boolean
  readonly force?: boolean
  /** Folder for backups on control-plane nodes. */
  readonly backups?: string
  /** Folder of kubeadm's patches on control-plane nodes: kubeadm does not store where it is. */
  readonly patches?: string
  /** The same on workers. */
  readonly workerPatches?: string
  /** Checks of kubeadm whose failure is a warning; `all` is none of them. */
  readonly ignorePreflightErrors?: readonly string[]
  /** Version of Rampart, for the header. */
  readonly rampart: string
}

/**
 * Throws for what can be told to be wrong without the cluster: versions that are none or that the data do not know, a name
 * that no node can have, names of checks. `planUpgrade` asks the same; this is for asking it before a cluster is read.
 */
export function refusePlanOptions(data: UpgradeData, options: Omit<PlanOptions, 'rampart'>): void {
  const { to, via = [], first, replaceCommand } = options
  const { version } = targetOf(to, data)
  for (const { minor } of viaReleases(via).values()) {
    if (minor < version.minor) continue
    throw new RampartError('usage', `--via: ${minorText(minor)} is not on the way to ${versionText(version)}`)
  }
  if (first !== undefined && !NODE_NAME.test(first))
    throw new RampartError('usage', `--first: \`${first}\` cannot be the name of a node`)
  if (replaceCommand?.trim() === '')
    throw new RampartError('usage', '--replace-with: the command that makes a node is empty')
  kubeadmSettings(options)
}

const NODE_NAME = /^[a-z0-9](?:[-a-z0-9.]{0,251}[a-z0-9])?$/

/** Where backups are put unless the user says otherwise. */
const BACKUPS = '/var/lib/rampart/upgrade-backups'

/**
 * The whole road from what is there to what is wanted. Throws one error that says what to do when there is none:
 * an unknown version, one that is older than what runs, components that are apart, or a cluster that is not kubeadm's.
 */
export function planUpgrade(
  inventory: ClusterInventory,
  data: UpgradeData,
  options: PlanOptions,
): UpgradePlan {
  const { rampart, conservative = false, maxUnavailable = 1 } = options
  refuseOthers(inventory)
  const places = placesOf(inventory, options)
  const target = targetOf(options.to, data)
  refuseBackwards(places, target)
  const { controlPlanes, workers } = inOrder(places, inventory, options)
  const stages = withVersions(controlPlanes, workers, target, data, options)
  const paths = kubeadmPaths(inventory)
  const settings: UpgradePlan['settings'] = {
    conservative,
    maxUnavailable,
    workers: options.replaceCommand === undefined ? 'in-place' : 'replace',
    etcd: inventory.etcd.topology,
    backups: options.backups ?? BACKUPS,
    drain: { deleteEmptydirData: options.deleteEmptydirData ?? false, force: options.force ?? false },
    ...kubeadmSettings(options),
  }
  const oldest = controlPlanes
    .map(({ server }) => server as KubeVersion)
    .sort(compareVersions)[0] as KubeVersion
  const steps = buildSteps({
    stages,
    to: stages.at(-1)?.version ?? target.version,
    controlPlanes,
    workers,
    settings,
    paths,
    ...(inventory.kubeadm?.version === undefined ? {} : { cluster: inventory.kubeadm.version }),
    ...(options.packagesUrl === undefined ? {} : { packagesUrl: options.packagesUrl }),
    ...(options.replaceCommand === undefined ? {} : { replaceCommand: options.replaceCommand }),
  })
  const changes = steps.some(({ action }) => action !== 'health-gate')
  const plan: Omit<UpgradePlan, 'digest'> = {
    kind: 'rampart.upgrade-plan',
    format: 1,
    rampart,
    cluster: {
      name: inventory.name,
      uid: inventory.uid,
      fingerprint: clusterFingerprint(inventory),
    },
    from: versionText(oldest),
    to: versionText(stages.at(-1)?.version ?? target.version),
    hops: changes ? stages.map((stage) => hopOf(stage, data)) : [],
    nodes: [...controlPlanes, ...workers].map((place, at) => plannedNode(place, inventory, at === 0)),
    settings,
    dataDate: data.asOf,
    notes: planNotes({ inventory, stages, places: [...controlPlanes, ...workers], data, target, settings }),
    steps: changes ? steps : [],
  }
  return { ...plan, digest: planDigest(plan) }
}

function placesOf(inventory: ClusterInventory, { packages }: PlanOptions): Places {
  const versionsOf = byNode(inventory.components)
  const places = inventory.nodes.map((node): RoadPlace => {
    if (!NODE_NAME.test(node.name)) {
      throw new RampartError('unreadable-input', `\`${node.name}\` cannot be the name of a node`)
    }
    const kubelet = versionOf(versionsOf(node.name, 'kubelet'), `the kubelet of ${node.name}`)
    const server =
      node.role === 'control-plane'
        ? versionOf(versionsOf(node.name, 'kube-apiserver'), `the API server of ${node.name}`)
        : undefined
    return {
      name: node.name,
      packages:
        node.packages === 'unknown' && node.os !== 'windows' ? (packages ?? 'unknown') : node.packages,
      closed: !node.cordoned ? 'no' : node.leftCordoned ? 'left' : 'kept',
      kubelet,
      ...(server === undefined ? {} : { server }),
    }
  })
  const controlPlanes = places.filter(({ server }) => server !== undefined)
  if (controlPlanes.length === 0) {
    throw new RampartError(
      'no-input',
      'no node with an API server was read: without the versions of the control plane there is no road',
    )
  }
  return { controlPlanes, workers: places.filter(({ server }) => server === undefined) }
}

function byNode(
  components: readonly InstalledComponent[],
): (node: string, component: string) => InstalledComponent | undefined {
  const found = new Map(components.map((each) => [`${each.component} ${each.node}`, each]))
  return (node, component) => found.get(`${component} ${node}`)
}

function versionOf(component: InstalledComponent | undefined, who: string): KubeVersion {
  if (component === undefined)
    throw new RampartError('no-input', `the version of ${who} was not read: it cannot be planned for`)
  if (component.version !== undefined) return component.version
  throw new RampartError(
    'unreadable-input',
    `${who} has \`${component.text}\` (${component.seen}), which is no version of Kubernetes`,
  )
}

/** The node that has gone farthest is first: an upgrade that was begun is finished from there. */
function inOrder(places: Places, { nodes }: ClusterInventory, { first }: PlanOptions): Places {
  if (first !== undefined && !places.controlPlanes.some(({ name }) => name === first)) {
    const names = places.controlPlanes.map(({ name }) => name)
    throw new RampartError(
      'usage',
      `--first: \`${first}\` is no control-plane node; there are ${listed(names)}`,
    )
  }
  const troubled = new Set(nodes.filter(({ ready }) => ready === false).map(({ name }) => name))
  const controlPlanes = [...places.controlPlanes].sort(
    (a, b) =>
      Number(b.name === first) - Number(a.name === first) ||
      compareVersions(b.server as KubeVersion, a.server as KubeVersion) ||
      Number(troubled.has(a.name)) - Number(troubled.has(b.name)) ||
      compareText(a.name, b.name),
  )
  return { controlPlanes, workers: places.workers }
}

function withVersions(
  controlPlanes: readonly RoadPlace[],
  workers: readonly RoadPlace[],
  target: Target,
  data: UpgradeData,
  options: PlanOptions,
): StageVersions[] {
  const servers = controlPlanes.map(({ name, server }) => ({ name, minor: (server as KubeVersion).minor }))
  const road = planRoad({
    servers,
    workers: workers.map(({ name, kubelet }) => ({ name, kubelet: kubelet.minor })),
    target: target.version.minor,
    conservative: options.conservative ?? false,
    replace: options.replaceCommand !== undefined,
  })
  const running = controlPlanes.map(({ server }) => server as KubeVersion)
  return stageVersions(road, running, target, data, options.via ?? [])
}

function kubeadmPaths({ kubeadm }: ClusterInventory): KubeadmPaths {
  const { value } = readYaml(kubeadm?.clusterConfiguration ?? '')
  const path = (at: readonly string[], usual: string): string => {
    const text = asString(valueAt(value, at)) ?? ''
    return /^\/[\w./-]{1,200}$/.test(text) ? text.replace(/\/+$/, '') : usual
  }
  return {
    pki: path(['certificatesDir'], '/etc/kubernetes/pki'),
    etcdData: path(['etcd', 'local', 'dataDir'], '/var/lib/etcd'),
  }
}

function hopOf(stage: StageVersions, data: UpgradeData): UpgradePlan['hops'][number] {
  const etcd = data.kubeadm.find(({ minor }) => minor === stage.minor)?.etcd
  return {
    minor: minorText(stage.minor),
    version: versionText(stage.version),
    kind: stage.kind,
    visits: stage.visits.length,
    left: stage.left.length,
    ...(etcd === undefined || stage.kind === 'catch-up' ? {} : { etcd }),
  }
}

function plannedNode(place: RoadPlace, { nodes }: ClusterInventory, isFirst: boolean): PlannedNode {
  const uid = uids(nodes).get(place.name) ?? ''
  const role = place.server === undefined ? 'worker' : isFirst ? 'first-control-plane' : 'control-plane'
  return { name: place.name, uid, role, packages: place.packages, kubelet: versionText(place.kubelet) }
}

const made = new WeakMap<readonly NodeInventory[], ReadonlyMap<string, string>>()

function uids(nodes: readonly NodeInventory[]): ReadonlyMap<string, string> {
  const known = made.get(nodes) ?? new Map(nodes.map(({ name, uid }) => [name, uid]))
  made.set(nodes, known)
  return known
}
