import {
  createRbacAuthorizer,
  defaultAccessObjects,
  defaultVersions,
  findEscalations,
  type Escalation,
} from '../../access/index.js'
import { clusterMinor, RBAC_GROUP, type ObjectIndex } from '../../kube/index.js'
import type { KubeObject } from '../../model/index.js'

const made = new WeakMap<ObjectIndex, ReadonlyMap<KubeObject, readonly Escalation[]>>()

/** The techniques of escalation that a binding has a part in: every subject of the estate is asked once. */
export function escalationsThrough(binding: KubeObject, index: ObjectIndex): readonly Escalation[] {
  let byBinding = made.get(index)
  if (byBinding === undefined) made.set(index, (byBinding = collect(index)))
  return byBinding.get(binding) ?? []
}

function collect(index: ObjectIndex): Map<KubeObject, Escalation[]> {
  const kinds = ['ClusterRole', 'Role', 'ClusterRoleBinding', 'RoleBinding']
  const own = kinds.flatMap((kind) => index.ofKind(RBAC_GROUP, kind))
  const minor = clusterMinor(index)
  const rbac = createRbacAuthorizer([...own, ...defaultRoles(index, minor)])
  const byBinding = new Map<KubeObject, Escalation[]>()
  for (const escalation of findEscalations(rbac, index, minor === undefined ? {} : { minor })) {
    // Named once, at the first binding that gives a part of it.
    const binding = escalation.grants[0]?.binding
    if (binding === undefined) continue
    const list = byBinding.get(binding)
    if (list === undefined) byBinding.set(binding, [escalation])
    else list.push(escalation)
  }
  return byBinding
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
