import path from 'node:path'
import { ApiError, type ApiClient } from '../../../../src/client/index.js'
import { asList, asString, field, valueAt, type JsonObject } from '../../../../src/model/index.js'
import { makeHost, writePrograms, type HollowHost } from './hollow-host.js'

export interface FleetShape {
  readonly controlPlanes: number
  readonly workers: number
  /** `1.36.3`. */
  readonly version: string
}

const HEARTBEAT = 3000
const LOOK = 250

/**
 * Nodes without machines behind a real API server: Node objects with heartbeats, static pods as kubeadm would have them,
 * and pods that run, fail and end as a kubelet would tell. What the hosts' files say is what the nodes report.
 */
export class HollowFleet {
  readonly hosts = new Map<string, HollowHost>()
  /** Owners (`shop/web`) whose pods crash from now on. */
  readonly crashing = new Set<string>()
  /** The most workers that were closed for pods at the same time. */
  mostClosed = 0
  /** Whether budgets are watched: not before their pods were healthy once. */
  watching = false
  /** Budgets that were broken, as seen between two looks. */
  readonly brokenBudgets = new Set<string>()
  private readonly reported = new Map<string, string>()
  private ended = false
  private beat = 0
  private running: Promise<void> | undefined

  constructor(
    private readonly client: ApiClient,
    private readonly folder: string,
    private readonly shape: FleetShape,
  ) {}

  /** Makes the nodes, and answers for them until `stop`. */
  async start(): Promise<void> {
    writePrograms(this.programs)
    const { controlPlanes, workers, version } = this.shape
    await this.put('/api/v1/namespaces/kube-system/configmaps', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'kubeadm-config', namespace: 'kube-system' },
      data: { ClusterConfiguration: clusterConfiguration(`v${version}`) },
    })
    for (let index = 1; index <= controlPlanes; index += 1) await this.addNode(`cp-${index}`, true, version)
    for (let index = 1; index <= workers; index += 1) await this.addNode(`w-${index}`, false, version)
    this.running = this.work()
  }

  async stop(): Promise<void> {
    this.ended = true
    await this.running
  }

  host(name: string): HollowHost {
    const host = this.hosts.get(name)
    if (host === undefined) throw new Error(`there is no host ${name}`)
    return host
  }

  /** The Node objects. */
  async nodes(): Promise<readonly JsonObject[]> {
    return asList((await this.client.getJson('/api/v1/nodes')).items) as JsonObject[]
  }

  /** A node with its host; the static pods of a control plane too. */
  async addNode(name: string, controlPlane: boolean, version = this.shape.version): Promise<void> {
    const root = path.join(this.folder, 'hosts', name)
    const host = makeHost(name, root, this.programs, { version, controlPlane })
    await this.put('/api/v1/nodes', {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: {
        name,
        labels: {
          'kubernetes.io/hostname': name,
          'kubernetes.io/os': 'linux',
          'kubernetes.io/arch': 'amd64',
          ...(controlPlane ? { 'node-role.kubernetes.io/control-plane': '' } : {}),
        },
      },
      spec: controlPlane
        ? { taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] }
        : {},
    })
    await this.patch(`/api/v1/nodes/${name}/status`, { status: nodeStatus(name, host.running) })
    this.reported.set(name, host.running)
    await this.heartbeat(name)
    for (const [component, image] of host.images()) {
      await this.put('/api/v1/namespaces/kube-system/pods', staticPod(name, component, image))
    }
    this.hosts.set(name, host)
  }

  /** The host is gone, and its node no longer answers. */
  forget(name: string): void {
    this.hosts.delete(name)
  }

  /** Waits until something holds; throws after a minute. */
  async until(what: string, holds: () => Promise<boolean> | boolean): Promise<void> {
    for (const began = Date.now(); Date.now() - began < 90_000;) {
      if (await holds()) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error(`it never came: ${what}`)
  }

  private get programs(): string {
    return path.join(this.folder, 'programs')
  }

  private async work(): Promise<void> {
    while (!this.ended) {
      try {
        await this.look()
      } catch (error) {
        if (!this.ended) process.stderr.write(`hollow fleet: ${(error as Error).message}\n`)
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK))
    }
  }

  private async look(): Promise<void> {
    if (Date.now() - this.beat > HEARTBEAT) {
      this.beat = Date.now()
      await Promise.all([...this.hosts.keys()].map((name) => this.heartbeat(name)))
    }
    for (const host of this.hosts.values()) await this.report(host)
    const pods = asList((await this.client.getJson('/api/v1/pods')).items) as JsonObject[]
    await Promise.all(pods.map((pod) => this.tend(pod)))
    const closed = (await this.nodes()).filter(
      (node) => nameOf(node).startsWith('w-') && valueAt(node, ['spec', 'unschedulable']) === true,
    )
    this.mostClosed = Math.max(this.mostClosed, closed.length)
    if (this.watching) await this.watchBudgets()
  }

  private async heartbeat(name: string): Promise<void> {
    const collection = '/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases'
    const spec = {
      holderIdentity: name,
      leaseDurationSeconds: 40,
      renewTime: new Date().toISOString().replace('Z', '000Z'),
    }
    try {
      await this.patch(`${collection}/${name}`, { spec })
    } catch (error) {
      if (!(error instanceof ApiError) || error.status !== 404) throw error
      await this.put(collection, {
        apiVersion: 'coordination.k8s.io/v1',
        kind: 'Lease',
        metadata: { name, namespace: 'kube-node-lease' },
        spec,
      })
    }
  }

  /** Tells the API server what the host's files say. */
  private async report(host: HollowHost): Promise<void> {
    const { running, name, clusterVersion } = host
    if (this.reported.get(name) !== running) {
      await this.patch(`/api/v1/nodes/${name}/status`, { status: nodeStatus(name, running) })
      this.reported.set(name, running)
    }
    for (const [component, image] of host.images()) {
      const key = `${name}/${component}`
      // The file is being written at this moment.
      if (image === '' || this.reported.get(key) === image) continue
      const pod = `/api/v1/namespaces/kube-system/pods/${component}-${name}`
      await this.patch(pod, { spec: { containers: [{ name: component, image }] } })
      this.reported.set(key, image)
    }
    if (clusterVersion !== undefined && this.reported.get('cluster') !== clusterVersion) {
      await this.patch('/api/v1/namespaces/kube-system/configmaps/kubeadm-config', {
        data: { ClusterConfiguration: clusterConfiguration(clusterVersion) },
      })
      this.reported.set('cluster', clusterVersion)
    }
  }

  /** What the kubelet of its node would do with a pod. */
  private async tend(pod: JsonObject): Promise<void> {
    const node = asString(valueAt(pod, ['spec', 'nodeName']))
    const metadata = valueAt(pod, ['metadata'])
    const at = `/api/v1/namespaces/${asString(field(metadata, 'namespace')) ?? ''}/pods/${nameOf(pod)}`
    if (node === undefined) return
    if (field(metadata, 'deletionTimestamp') !== undefined) {
      await this.gone(at)
      return
    }
    if (!this.hosts.has(node)) return
    const app = asString(valueAt(pod, ['metadata', 'labels', 'app'])) ?? ''
    const namespace = asString(field(metadata, 'namespace')) ?? ''
    const crashes = this.crashing.has(`${namespace}/${app}`)
    const isReady = asList(valueAt(pod, ['status', 'conditions'])).some(
      (each) => field(each, 'type') === 'Ready' && field(each, 'status') === 'True',
    )
    const phase = valueAt(pod, ['status', 'phase'])
    if (phase === 'Running' && isReady !== crashes) return
    await this.patch(`${at}/status`, { status: podStatus(pod, crashes) }).catch((error: unknown) => {
      if (!(error instanceof ApiError)) throw error
    })
  }

  private async gone(at: string): Promise<void> {
    const body = { apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0 }
    await this.client.sendJson(at, body, { method: 'DELETE' }).catch((error: unknown) => {
      if (!(error instanceof ApiError)) throw error
    })
  }

  private async watchBudgets(): Promise<void> {
    const budgets = asList((await this.client.getJson('/apis/policy/v1/poddisruptionbudgets')).items)
    for (const budget of budgets) {
      const [healthy, wanted] = ['currentHealthy', 'desiredHealthy'].map((key) =>
        valueAt(budget, ['status', key]),
      )
      if (typeof healthy !== 'number' || typeof wanted !== 'number') continue
      // A test that asks for more for a while does not break the budget by that.
      if (valueAt(budget, ['metadata', 'annotations', 'watched']) === String(wanted) && healthy < wanted) {
        this.brokenBudgets.add(nameOf(budget as JsonObject))
      }
    }
  }

  private async put(collection: string, object: JsonObject): Promise<void> {
    await this.client.sendJson(collection, object).catch((error: unknown) => {
      if (!(error instanceof ApiError) || error.status !== 409) throw error
    })
  }

  private async patch(at: string, change: JsonObject): Promise<void> {
    await this.client.sendJson(at, change, {
      method: 'PATCH',
      headers: { 'content-type': 'application/strategic-merge-patch+json' },
    })
  }
}

function nameOf(object: JsonObject): string {
  return asString(valueAt(object, ['metadata', 'name'])) ?? ''
}

function clusterConfiguration(version: string): string {
  return `apiVersion: kubeadm.k8s.io/v1beta4
kind: ClusterConfiguration
kubernetesVersion: ${version}
certificatesDir: /etc/kubernetes/pki
etcd:
  local:
    dataDir: /var/lib/etcd
`
}

function nodeStatus(name: string, version: string): JsonObject {
  const now = new Date().toISOString()
  return {
    conditions: [
      {
        type: 'Ready',
        status: 'True',
        reason: 'KubeletReady',
        message: 'kubelet is posting ready status',
        lastHeartbeatTime: now,
        lastTransitionTime: now,
      },
    ],
    addresses: [{ type: 'Hostname', address: name }],
    capacity: { cpu: '8', memory: '32Gi', pods: '110' },
    allocatable: { cpu: '8', memory: '32Gi', pods: '110' },
    nodeInfo: {
      machineID: name,
      systemUUID: name,
      bootID: name,
      kernelVersion: '6.12.0',
      osImage: 'Debian GNU/Linux 12 (bookworm)',
      containerRuntimeVersion: 'containerd://2.1.4',
      kubeletVersion: version,
      kubeProxyVersion: '',
      operatingSystem: 'linux',
      architecture: 'amd64',
    },
  }
}

function staticPod(node: string, component: string, image: string): JsonObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name: `${component}-${node}`,
      namespace: 'kube-system',
      labels: { component, tier: 'control-plane' },
      annotations: {
        'kubernetes.io/config.mirror': 'made-by-a-test',
        'kubernetes.io/config.source': 'file',
        ...(component === 'etcd'
          ? { 'kubeadm.kubernetes.io/etcd.advertise-client-urls': `https://${node}:2379` }
          : {}),
      },
    },
    spec: {
      nodeName: node,
      hostNetwork: true,
      priorityClassName: 'system-node-critical',
      automountServiceAccountToken: false,
      tolerations: [{ operator: 'Exists' }],
      containers: [{ name: component, image }],
    },
  }
}

function podStatus(pod: JsonObject, crashes: boolean): JsonObject {
  const now = new Date().toISOString()
  const status = crashes ? 'False' : 'True'
  const names = asList(valueAt(pod, ['spec', 'containers'])).map(
    (each) => asString(field(each, 'name')) ?? '',
  )
  return {
    phase: 'Running',
    startTime: now,
    conditions: ['Initialized', 'Ready', 'ContainersReady'].map((type) => ({
      type,
      status: type === 'Initialized' ? 'True' : status,
      lastTransitionTime: now,
    })),
    containerStatuses: names.map((name) => ({
      name,
      image: 'made-by-a-test',
      imageID: '',
      ready: !crashes,
      restartCount: crashes ? 3 : 0,
      state: crashes
        ? { waiting: { reason: 'CrashLoopBackOff', message: 'back-off restarting failed container' } }
        : { running: { startedAt: now } },
    })),
  }
}
