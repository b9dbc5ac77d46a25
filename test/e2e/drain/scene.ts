import type { JsonObject } from '../../../src/model/index.js'
import { call, MERGE, must, type Admin } from './api.js'
import type { PodGiven, Row, Stage } from './row.js'

/** The start of a row in a cluster: names of its own, so that many can stand beside one another. */
export interface Scene extends Stage {
  readonly id: string
  /** The user whose rights the row gives; undefined for the administrator. */
  readonly user?: string
  /** What a kubelet does with a pod that was told to end. */
  end(pod: string): Promise<void>
  /** Everything that a drain may have changed. */
  state(): Promise<JsonObject>
}

/** Makes the start of a row; `id` is part of all names. */
export async function setScene(admin: Admin, row: Row, id: string): Promise<Scene> {
  const node = (which: 'a' | 'b'): string => `${id}-${which}`
  const pods = `/api/v1/namespaces/${id}/pods`
  await must(admin, 'POST', '/api/v1/namespaces', { metadata: { name: id } })
  for (const which of row.twoNodes === true ? (['a', 'b'] as const) : (['a'] as const)) {
    await must(admin, 'POST', '/api/v1/nodes', {
      metadata: { name: node(which), labels: { drain: id } },
      spec: row.cordoned === true ? { unschedulable: true } : {},
    })
  }
  for (const name of row.daemonSets ?? [])
    await must(admin, 'POST', `/apis/apps/v1/namespaces/${id}/daemonsets`, daemonSet(name))
  const makePod = async (given: PodGiven): Promise<void> => {
    await must(admin, 'POST', pods, podObject(given, node(given.node ?? 'a')))
    await must(admin, 'PATCH', `${pods}/${given.name}/status`, { status: podStatus(given) }, MERGE)
    if (given.deleted !== undefined)
      await must(admin, 'DELETE', `${pods}/${given.name}`, { gracePeriodSeconds: given.deleted })
  }
  for (const given of row.pods ?? []) await makePod(given)
  const budgets = `/apis/policy/v1/namespaces/${id}/poddisruptionbudgets`
  for (const { name, spec, status } of row.budgets ?? []) {
    await must(admin, 'POST', budgets, { metadata: { name }, spec })
    if (status !== undefined) await must(admin, 'PATCH', `${budgets}/${name}/status`, { status }, MERGE)
  }
  const user = row.rights === undefined ? undefined : `${id}-user`
  if (user !== undefined) await grant(admin, user, row.rights ?? [])
  const removePod = async (name: string): Promise<void> => {
    await call(admin, 'DELETE', `${pods}/${name}`, { gracePeriodSeconds: 0 })
  }
  const scene: Scene = {
    id,
    ...(user === undefined ? {} : { user }),
    namespace: id,
    node,
    patchBudget: (name, status) => must(admin, 'PATCH', `${budgets}/${name}/status`, { status }, MERGE),
    patchPod: (name, patch) => must(admin, 'PATCH', `${pods}/${name}/status`, patch, MERGE),
    removePod,
    deletePod: (name, grace) => must(admin, 'DELETE', `${pods}/${name}`, { gracePeriodSeconds: grace }),
    request: (method, path, body, type) => must(admin, method, path, body, type),
    async end(name) {
      if (row.kubelet === 'never') return
      await removePod(name)
      const given = row.pods?.find((each) => each.name === name)
      if (row.kubelet === 'replaces' && given !== undefined) await makePod(given)
    },
    state: () => stateOf(admin, row, scene),
  }
  await row.prepare?.(scene)
  return scene
}

async function stateOf(admin: Admin, row: Row, { id, node }: Scene): Promise<JsonObject> {
  const nodes: JsonObject = {}
  for (const which of row.twoNodes === true ? (['a', 'b'] as const) : (['a'] as const)) {
    const { spec } = await must(admin, 'GET', `/api/v1/nodes/${node(which)}`)
    nodes[which] = (spec as JsonObject).unschedulable === true ? 'cordoned' : 'open'
  }
  const items = async (path: string): Promise<JsonObject[]> =>
    (await must(admin, 'GET', path)).items as JsonObject[]
  const pods: JsonObject = {}
  for (const { metadata, status } of await items(`/api/v1/namespaces/${id}/pods`)) {
    const { name, deletionTimestamp, deletionGracePeriodSeconds } = metadata as JsonObject
    const conditions = ((status as JsonObject).conditions ?? []) as JsonObject[]
    pods[name as string] = {
      deleted: deletionTimestamp !== undefined,
      grace: deletionGracePeriodSeconds ?? null,
      disrupted: conditions.some(
        ({ type, reason }) => type === 'DisruptionTarget' && reason === 'EvictionByEvictionAPI',
      ),
    }
  }
  const budgets: JsonObject = {}
  for (const { metadata, status } of await items(`/apis/policy/v1/namespaces/${id}/poddisruptionbudgets`)) {
    const { disruptionsAllowed, disruptedPods } = status as JsonObject
    budgets[(metadata as JsonObject).name as string] = {
      allowed: disruptionsAllowed ?? null,
      disrupted: Object.keys((disruptedPods ?? {}) as JsonObject).sort(),
    }
  }
  return { nodes, pods, budgets }
}

function daemonSet(name: string): JsonObject {
  return {
    metadata: { name },
    spec: {
      selector: { matchLabels: { set: name } },
      template: { metadata: { labels: { set: name } }, spec: { containers: [CONTAINER] } },
    },
  }
}

const CONTAINER = { name: 'c', image: 'rampart.test/pause:1' }

function podObject(given: PodGiven, nodeName: string): JsonObject {
  const owner = given.owner ?? 'ReplicaSet'
  const reference = {
    apiVersion: 'apps/v1',
    kind: owner,
    name: owner === 'DaemonSet' ? (given.daemonSet ?? 'ds') : 'rs',
    uid: '00000000-0000-4000-8000-000000000000',
    controller: true,
  }
  return {
    metadata: {
      name: given.name,
      labels: { ...given.labels },
      ...(owner === 'none' ? {} : { ownerReferences: [reference] }),
      ...(given.mirror === true ? { annotations: { 'kubernetes.io/config.mirror': 'x' } } : {}),
      ...(given.finalizers === undefined ? {} : { finalizers: [...given.finalizers] }),
    },
    spec: {
      nodeName,
      automountServiceAccountToken: false,
      terminationGracePeriodSeconds: given.grace ?? 30,
      containers: [CONTAINER],
      volumes: [
        ...(given.emptyDir === true ? [{ name: 'e', emptyDir: {} }] : []),
        ...(given.hostPath === true ? [{ name: 'h', hostPath: { path: '/tmp' } }] : []),
      ],
    },
  }
}

function podStatus({ phase = 'Running', ready = true }: PodGiven): JsonObject {
  return { phase, conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] }
}

async function grant(admin: Admin, user: string, rules: readonly JsonObject[]): Promise<void> {
  const rbac = '/apis/rbac.authorization.k8s.io/v1'
  await must(admin, 'POST', `${rbac}/clusterroles`, { metadata: { name: user }, rules: [...rules] })
  await must(admin, 'POST', `${rbac}/clusterrolebindings`, {
    metadata: { name: user },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: user },
    subjects: [{ apiGroup: 'rbac.authorization.k8s.io', kind: 'User', name: user }],
  })
}
