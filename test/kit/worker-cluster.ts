import type { ServerResponse } from 'node:http'
import type { JsonObject } from '../../src/model/index.js'
import { planDigest, type PlannedStep, type UpgradePlan } from '../../src/upgrade/index.js'
import { json, status, type Seen } from './api-server.js'

/** One step of a plan. */
export const drain: PlannedStep = {
  id: '1.37/w/drain',
  node: 'w',
  role: 'worker',
  action: 'drain',
  minor: '1.37',
  version: 'v1.37.2',
  title: 'Drain w',
  commands: [],
  before: '',
  check: 'no pods are left',
  back: 'uncordon',
  seconds: 0,
} as unknown as PlannedStep

/** A plan of a cluster with one worker. */
export function planWith(steps: readonly PlannedStep[]): UpgradePlan {
  const plan = {
    kind: 'rampart.upgrade-plan',
    format: 1,
    rampart: '0',
    cluster: { name: 'c', uid: 'c1', fingerprint: 'f' },
    from: 'v1.36.3',
    to: 'v1.37.2',
    hops: [],
    nodes: [{ name: 'w', uid: 'u', role: 'worker', packages: 'apt', kubelet: 'v1.36.3' }],
    settings: {
      conservative: false,
      maxUnavailable: 1,
      workers: 'in-place',
      etcd: 'local',
      backups: '/b',
      drain: { deleteEmptydirData: false, force: false },
    },
    dataDate: '2026-11-23',
    notes: [],
    steps,
  } as Omit<UpgradePlan, 'digest'>
  return { ...plan, digest: planDigest(plan) }
}

/** Answers instead of the cluster, or says no. */
export type Away = (seen: Seen, response: ServerResponse) => boolean

/** An API server with one cordoned node and one Lease, in whose way `away` stands. */
export function workerCluster(away: Away) {
  const node: JsonObject = {
    metadata: { name: 'w', uid: 'u' },
    spec: { unschedulable: true },
    status: { nodeInfo: { kubeletVersion: 'v1.36.3' } },
  }
  let lease: JsonObject | undefined
  return {
    open: () => (node.spec as JsonObject).unschedulable !== true,
    holder: () => (lease?.spec as JsonObject | undefined)?.holderIdentity,
    answer(seen: Seen, response: ServerResponse): void {
      if (away(seen, response)) return
      const at = `${seen.method} ${seen.path}`
      if (at === 'GET /api/v1/namespaces/kube-system') json(response, 200, { metadata: { uid: 'c1' } })
      else if (at === 'GET /version') json(response, 200, { gitVersion: 'v1.36.3' })
      else if (at === 'GET /api/v1/nodes')
        json(response, 200, { kind: 'NodeList', metadata: {}, items: [node] })
      else if (/^GET .api.v1(.namespaces.kube-system)?.pods$/.test(at))
        json(response, 200, { kind: 'PodList', metadata: {}, items: [] })
      else if (at === 'GET /api/v1/nodes/w') json(response, 200, node)
      else if (at === 'PATCH /api/v1/nodes/w') {
        node.spec = {}
        json(response, 200, node)
      } else if (at.startsWith('GET /apis/coordination')) {
        if (lease === undefined) status(response, 404, 'NotFound', 'there is none')
        else json(response, 200, lease)
      } else if (/^(POST|PUT) .apis.coordination/.test(at)) {
        lease = JSON.parse(seen.body) as JsonObject
        json(response, 200, {
          ...lease,
          metadata: { ...(lease.metadata as JsonObject), resourceVersion: '2' },
        })
      } else if (at === 'GET /readyz') response.end('ok')
      else status(response, 404, 'NotFound', at)
    },
  }
}
