import { ApiError, type ApiClient } from '../../client/index.js'
import { asString, RampartError, valueAt, type JsonObject } from '../../model/index.js'
import { UPGRADE_MANAGER } from '../../kube/index.js'

/** What an upgrade asks the API server, and the few things that it changes there. */
export interface UpgradeCluster {
  readonly client: ApiClient
  /** UID of the namespace kube-system. */
  uid(): Promise<string>
  nodes(): Promise<readonly JsonObject[]>
  /** Undefined where there is none. */
  node(name: string): Promise<JsonObject | undefined>
  /** Of a node, or all. */
  pods(nodeName?: string): Promise<readonly JsonObject[]>
  /** Those of kube-system. */
  systemPods(): Promise<readonly JsonObject[]>
  /** The node's heartbeat in kube-node-lease; undefined where there is none. */
  heartbeat(node: string): Promise<string | undefined>
  /** `gitVersion` of the API server that answers. */
  serverVersion(): Promise<string>
  /** Undefined when it is ready, else what it says. */
  notReady(): Promise<string | undefined>
  /** Keeps new pods away from a node. */
  cordon(name: string): Promise<void>
  /** Lets new pods on a node again; nothing where it is so already. */
  uncordon(name: string): Promise<void>
  /** `kubernetesVersion` of the ConfigMap kubeadm-config; undefined where there is none. */
  kubeadmVersion(): Promise<string | undefined>
  removeNode(name: string, uid: string): Promise<void>
}

/** An upgrade's questions to one API server. */
export function upgradeCluster(client: ApiClient): UpgradeCluster {
  const found = async (path: string): Promise<JsonObject | undefined> => {
    try {
      return await client.getJson(path)
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return undefined
      throw error
    }
  }
  const all = async (path: string, query: Record<string, string> = {}): Promise<JsonObject[]> => {
    let items: JsonObject[] = []
    for await (const page of client.list(path, { query })) {
      items = page.restarted ? [...page.items] : [...items, ...page.items]
    }
    return items
  }
  // kubectl's own patch, but under a name by which a later plan knows whose it was.
  const setUnschedulable = async (name: string, unschedulable: true | null): Promise<void> => {
    await client.sendJson(
      `/api/v1/nodes/${encodeURIComponent(name)}`,
      { spec: { unschedulable } },
      {
        method: 'PATCH',
        query: { fieldManager: UPGRADE_MANAGER },
        headers: { 'content-type': 'application/strategic-merge-patch+json' },
      },
    )
  }
  return {
    client,
    async uid() {
      const namespace = await client.getJson('/api/v1/namespaces/kube-system')
      const uid = asString(valueAt(namespace, ['metadata', 'uid']))
      if (uid === undefined)
        throw new RampartError('unreachable', 'the namespace kube-system has no UID: is this an API server?')
      return uid
    },
    nodes: () => all('/api/v1/nodes'),
    node: (name) => found(`/api/v1/nodes/${encodeURIComponent(name)}`),
    pods: (node) => all('/api/v1/pods', node === undefined ? {} : { fieldSelector: `spec.nodeName=${node}` }),
    systemPods: () => all('/api/v1/namespaces/kube-system/pods'),
    async heartbeat(node) {
      const lease = await found(
        `/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/${encodeURIComponent(node)}`,
      )
      return asString(valueAt(lease, ['spec', 'renewTime']))
    },
    async serverVersion() {
      return asString((await client.getJson('/version')).gitVersion) ?? ''
    },
    async notReady() {
      const response = await client.request({ path: '/readyz', query: { verbose: true } })
      let text = ''
      for await (const part of response.body) text += part.toString('utf8')
      if (response.status === 200) return undefined
      // Source: kubernetes v1.36.2 staging/src/k8s.io/apiserver/pkg/server/healthz/healthz.go: `[-]etcd failed: ...`
      const failed = [...text.matchAll(/^\[-\](\S{1,80}) failed/gm)].map(([, name]) => name)
      return failed.length === 0 ? `it answered ${response.status}` : `failed: ${failed.join(', ')}`
    },
    async kubeadmVersion() {
      const map = await found('/api/v1/namespaces/kube-system/configmaps/kubeadm-config')
      const text = asString(valueAt(map, ['data', 'ClusterConfiguration']))
      return /^kubernetesVersion: *["']?(v[\w.+-]{1,60})/m.exec(text ?? '')?.[1]
    },
    cordon: (name) => setUnschedulable(name, true),
    uncordon: (name) => setUnschedulable(name, null),
    async removeNode(name, uid) {
      try {
        await client.sendJson(
          `/api/v1/nodes/${encodeURIComponent(name)}`,
          { apiVersion: 'v1', kind: 'DeleteOptions', preconditions: { uid } },
          { method: 'DELETE' },
        )
      } catch (error) {
        if (!(error instanceof ApiError) || error.status !== 404) throw error
      }
    },
  }
}
