import { compareVersions, minorText, versionText, type KubeVersion } from '../kube-version.js'
import type { PackageManager, PlannedStep, UpgradePlan } from '../upgrade-plan.js'
import type { KubeadmPaths } from './node-commands.js'
import {
  backupStep,
  controlPlaneSteps,
  etcdSnapshotStep,
  kubeadmNode,
  kubeadmSteps,
} from './kubeadm-steps.js'
import { clusterGate, controlPlaneGate, kubeletSteps, openSteps, replaceSteps } from './kubelet-steps.js'
import type { Closed, NodeVisit } from './node-visit.js'
import type { RoadStage } from './plan-road.js'

/** A node as the road finds it. */
export interface RoadPlace {
  readonly name: string
  readonly packages: PackageManager
  readonly closed: Closed
  readonly kubelet: KubeVersion
  /** Of its API server; absent on workers. */
  readonly server?: KubeVersion
}

/** A stage with the patch that it brings. */
export type StageVersions = RoadStage & { readonly version: KubeVersion }

/** Everything that decides the steps. */
export interface StepsInput {
  readonly stages: readonly StageVersions[]
  /** Where the road ends; what is there already needs no stage. */
  readonly to: KubeVersion
  /** The first of them runs `kubeadm upgrade apply`. */
  readonly controlPlanes: readonly RoadPlace[]
  readonly workers: readonly RoadPlace[]
  /** What ConfigMap kubeadm-config says. */
  readonly cluster?: KubeVersion
  readonly settings: UpgradePlan['settings']
  readonly paths: KubeadmPaths
  readonly packagesUrl?: string
  /** With replacement: the user's command that makes a node. */
  readonly replaceCommand?: string
}

/** All steps of the road, in order. Nodes that have a stage's versions already are passed by. */
export function buildSteps(input: StepsInput): PlannedStep[] {
  const road = new Road(input)
  input.stages.forEach((stage, at) => road.stage(stage, at === 0))
  road.end()
  return road.steps
}

class Road {
  readonly steps: PlannedStep[] = []
  private readonly kubelets = new Map<string, KubeVersion>()
  private readonly servers = new Map<string, KubeVersion>()
  private readonly workers: ReadonlyMap<string, RoadPlace>
  private cluster: KubeVersion | undefined

  constructor(private readonly input: StepsInput) {
    for (const { name, kubelet, server } of [...input.controlPlanes, ...input.workers]) {
      this.kubelets.set(name, kubelet)
      if (server !== undefined) this.servers.set(name, server)
    }
    this.workers = new Map(input.workers.map((place) => [place.name, place]))
    this.cluster = input.cluster
  }

  stage(stage: StageVersions, isFirst: boolean): void {
    const name = nameOf(stage)
    if (isFirst) {
      this.add([
        clusterGate(
          'begin',
          stage.version,
          'See that the cluster is well before anything is changed',
          '/readyz says ok, every node that the plan visits is Ready, pods of kube-system run, every member of etcd is healthy',
        ),
      ])
    }
    if (stage.kind !== 'catch-up') this.controlPlane(stage, name, isFirst)
    else if (isFirst) this.backups(stage, name)
    this.atWorkers(stage, name)
  }

  /** Nodes that an earlier upgrade left closed, and that no stage visits. */
  end(): void {
    const { stages, to, controlPlanes, workers } = this.input
    const opened = new Set(this.steps.filter(({ action }) => action === 'uncordon').map(({ node }) => node))
    const last = stages.at(-1) ?? { kind: 'patch', minor: to.minor, version: to, visits: [], left: [] }
    for (const place of [...controlPlanes, ...workers]) {
      if (place.closed !== 'left' || opened.has(place.name)) continue
      const role = place.server === undefined ? 'worker' : 'control-plane'
      this.add(openSteps(this.visit(last, nameOf(last), place, role)))
    }
  }

  private controlPlane(stage: StageVersions, name: string, isFirst: boolean): void {
    const { controlPlanes } = this.input
    const open = controlPlanes.filter(({ name: node }) => this.isBehind(node, stage.version))
    if (open.length === 0) return
    const behind = open.filter(({ name: node }) => this.serverBehind(node, stage.version))
    if (behind.length > 0 || isFirst) this.backups(stage, name)
    const visitOf = (place: RoadPlace): NodeVisit =>
      this.visit(stage, name, place, place === controlPlanes[0] ? 'first-control-plane' : 'control-plane')
    for (const place of controlPlanes) this.server(stage, place, visitOf(place))
    this.add([
      clusterGate(
        `${name}/control-plane`,
        stage.version,
        `See that the whole control plane is ${versionText(stage.version)} and well`,
        `every API server answers as ${versionText(stage.version)}; kube-proxy and CoreDNS are those that kubeadm ${minorText(stage.version.minor)} brings`,
      ),
    ])
    // No kubelet may be newer than any API server that it may reach, so all of these come first.
    for (const place of controlPlanes) {
      if (!this.kubeletBehind(place.name, stage.version)) continue
      this.add(kubeletSteps(visitOf(place), { drain: this.needsDrain(place.name, stage) }))
      this.kubelets.set(place.name, stage.version)
    }
  }

  /** kubeadm's part on one control-plane node. */
  private server(stage: StageVersions, place: RoadPlace, visit: NodeVisit): void {
    const isBehind = this.serverBehind(place.name, stage.version)
    // `apply` also writes the version that the others follow: it is run while the cluster does not say it.
    const apply = visit.role === 'first-control-plane' && (isBehind || this.clusterBehind(stage.version))
    if (!apply && !isBehind) return
    const from = versionText(this.cluster ?? place.server ?? stage.version)
    this.add(kubeadmSteps(visit, { repository: stage.kind === 'minor' }))
    this.add([...controlPlaneSteps(visit, { apply, from }), controlPlaneGate(visit)])
    this.servers.set(place.name, stage.version)
    if (apply) this.cluster = stage.version
  }

  private backups(stage: StageVersions, name: string): void {
    const { controlPlanes } = this.input
    controlPlanes.forEach((place, at) => {
      const visit = this.visit(stage, name, place, at === 0 ? 'first-control-plane' : 'control-plane')
      this.add([backupStep(visit)])
      if (at === 0) this.add([etcdSnapshotStep(visit)])
    })
  }

  private atWorkers(stage: StageVersions, name: string): void {
    const { replaceCommand } = this.input
    for (const node of stage.left) {
      const visit = this.worker(stage, name, node, 'kubeadm')
      if (visit !== undefined) this.add([...kubeadmSteps(visit, { repository: true }), kubeadmNode(visit)])
    }
    for (const node of stage.visits) {
      const visit = this.worker(stage, name, node, 'workers')
      if (visit === undefined || !this.kubeletBehind(node, stage.version)) continue
      if (replaceCommand !== undefined) this.add(replaceSteps(visit, replaceCommand))
      else {
        this.add(
          kubeadmSteps(visit, { repository: stage.kind !== 'patch' || visit.before.minor !== stage.minor }),
        )
        this.add([kubeadmNode(visit), ...kubeletSteps(visit, { drain: this.needsDrain(node, stage) })])
      }
      this.kubelets.set(node, stage.version)
    }
  }

  private worker(stage: StageVersions, name: string, node: string, group: string): NodeVisit | undefined {
    const place = this.workers.get(node)
    return place === undefined
      ? undefined
      : { ...this.visit(stage, name, place, 'worker'), group: `${name}/${group}` }
  }

  private visit(stage: StageVersions, name: string, place: RoadPlace, role: NodeVisit['role']): NodeVisit {
    const { settings, paths, packagesUrl } = this.input
    return {
      node: place.name,
      role,
      packages: place.packages,
      stage: name,
      version: stage.version,
      before: this.kubelets.get(place.name) ?? place.kubelet,
      closed: place.closed,
      settings,
      paths,
      ...(packagesUrl === undefined ? {} : { packagesUrl }),
    }
  }

  /** Pods may stay while the minor does. Source: kubernetes.io, Version Skew Policy, kubelet. */
  private needsDrain(node: string, stage: StageVersions): boolean {
    return this.input.settings.conservative || this.kubelets.get(node)?.minor !== stage.minor
  }

  private isBehind(node: string, version: KubeVersion): boolean {
    return (
      this.serverBehind(node, version) || this.kubeletBehind(node, version) || this.clusterBehind(version)
    )
  }

  private serverBehind(node: string, version: KubeVersion): boolean {
    const server = this.servers.get(node)
    return server === undefined || compareVersions(server, version) < 0
  }

  private kubeletBehind(node: string, version: KubeVersion): boolean {
    const kubelet = this.kubelets.get(node)
    return kubelet === undefined || compareVersions(kubelet, version) < 0
  }

  private clusterBehind(version: KubeVersion): boolean {
    return this.cluster !== undefined && compareVersions(this.cluster, version) < 0
  }

  // Not by spreading: one stage of a large fleet has more steps than a stack holds arguments.
  private add(steps: readonly PlannedStep[]): void {
    for (const step of steps) this.steps.push(step)
  }
}

/** `1.36`, `v1.36.4` for a patch, `1.33-catch-up`. */
function nameOf({ minor, kind, version }: StageVersions): string {
  if (kind === 'minor') return minorText(minor)
  return kind === 'patch' ? versionText(version) : `${minorText(minor)}-catch-up`
}
