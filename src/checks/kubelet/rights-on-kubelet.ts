import {
  createRbacAuthorizer,
  defaultAccessObjects,
  defaultVersions,
  type RbacAuthorizer,
} from '../../access/index.js'
import { clusterMinor, RBAC_GROUP, type ObjectIndex } from '../../kube/index.js'
import type { KubeObject } from '../../model/index.js'

/** What the API server does at a kubelet, and the right that the kubelet's authorizer asks for. */
export interface KubeletRight {
  readonly subresource: string
  readonly verb: string
  readonly what: string
}

/** Source: kubernetes v1.36.3 pkg/kubelet/server/auth.go, GetRequestAttributes. */
export const KUBELET_RIGHTS: readonly KubeletRight[] = [
  { subresource: 'proxy', verb: 'get', what: 'logs' },
  { subresource: 'proxy', verb: 'create', what: 'exec, attach and port-forward' },
  { subresource: 'metrics', verb: 'get', what: 'metrics' },
  { subresource: 'stats', verb: 'get', what: 'statistics' },
  { subresource: 'log', verb: 'get', what: 'logs of the node' },
]

const made = new WeakMap<ObjectIndex, RbacAuthorizer>()

function authorizerOf(index: ObjectIndex): RbacAuthorizer {
  let authorizer = made.get(index)
  if (authorizer === undefined) {
    const own = ['ClusterRole', 'ClusterRoleBinding'].flatMap((kind) => index.ofKind(RBAC_GROUP, kind))
    authorizer = createRbacAuthorizer([...own, ...missingDefaults(index)])
    made.set(index, authorizer)
  }
  return authorizer
}

/** Roles that every cluster has count where the roles were not read. */
function missingDefaults(index: ObjectIndex): KubeObject[] {
  if (index.holdsAll(RBAC_GROUP, 'ClusterRole')) return []
  const versions = defaultVersions()
  const wanted = `1.${clusterMinor(index) ?? ''}`
  const version = versions.includes(wanted) ? wanted : '1.36'
  return (defaultAccessObjects(version, false) ?? []).filter(
    ({ ref }) =>
      ref.kind === 'ClusterRole' && index.get(RBAC_GROUP, 'ClusterRole', '', ref.name) === undefined,
  )
}

/** The rights that RBAC does not give a user on nodes; `sure` where everything that could give them was read. */
export function missingRights(
  index: ObjectIndex,
  user: { readonly user: string; readonly groups: readonly string[] },
): { readonly missing: readonly KubeletRight[]; readonly sure: boolean } {
  // Source: k8s.io/apiserver v0.36.3 pkg/server/config.go: system:masters is allowed before any authorizer is asked.
  if (user.groups.includes('system:masters')) return { missing: [], sure: true }
  const name = user.user
  const groups = [...user.groups, 'system:authenticated']
  const missing = KUBELET_RIGHTS.filter(({ subresource, verb }) => {
    const { verdict } = authorizerOf(index).authorize({
      kind: 'resource',
      user: { name, uid: '', groups, extra: new Map() },
      verb,
      namespace: '',
      group: '',
      version: 'v1',
      resource: 'nodes',
      subresource,
      name: 'any-node',
      fieldSelector: [],
      labelSelector: [],
    })
    return verdict !== 'allow'
  })
  return {
    missing,
    sure: index.holdsAll(RBAC_GROUP, 'ClusterRole') && index.holdsAll(RBAC_GROUP, 'ClusterRoleBinding'),
  }
}
