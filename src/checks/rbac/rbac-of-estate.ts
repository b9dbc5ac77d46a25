import {
  createRbacAuthorizer,
  defaultAccessObjects,
  defaultVersions,
  type RbacAuthorizer,
} from '../../access/index.js'
import { clusterMinor, RBAC_GROUP, type ObjectIndex } from '../../kube/index.js'
import type { KubeObject } from '../../model/index.js'

const made = new WeakMap<ObjectIndex, RbacAuthorizer>()

/** The roles and bindings of an estate, with the default roles that it does not hold; made once. */
export function rbacOf(index: ObjectIndex): RbacAuthorizer {
  let rbac = made.get(index)
  if (rbac === undefined) {
    const kinds = ['ClusterRole', 'Role', 'ClusterRoleBinding', 'RoleBinding']
    const own = kinds.flatMap((kind) => index.ofKind(RBAC_GROUP, kind))
    rbac = createRbacAuthorizer([...own, ...defaultRoles(index, clusterMinor(index))])
    made.set(index, rbac)
  }
  return rbac
}

/** Bindings of manifests refer to roles that every cluster has; where all roles were read, what is missing is missing. */
function defaultRoles(index: ObjectIndex, minor: number | undefined): KubeObject[] {
  const versions = defaultVersions()
  const wanted = `1.${minor ?? ''}`
  const version = versions.includes(wanted) ? wanted : '1.36'
  return (defaultAccessObjects(version, true) ?? []).filter(
    ({ ref }) => (ref.kind === 'ClusterRole' || ref.kind === 'Role') && !index.holdsAll(RBAC_GROUP, ref.kind),
  )
}
