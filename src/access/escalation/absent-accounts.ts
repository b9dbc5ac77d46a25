import type { ObjectIndex } from '../../kube/index.js'
import { holderOf } from '../questions/index.js'
import type { RbacAuthorizer } from '../rbac/index.js'
import type { RbacGrant } from './find-escalations.js'

/** A service account that does not exist, and what a binding gives it. */
export interface AbsentAccount {
  readonly namespace: string
  readonly name: string
  readonly grant: RbacGrant
}

/** Accounts that bindings name and that are not there; none where not all accounts were read. */
export function absentAccounts(rbac: RbacAuthorizer, index: ObjectIndex): AbsentAccount[] {
  if (!index.holdsAll('', 'ServiceAccount')) return []
  const known = new Set(index.ofKind('', 'ServiceAccount').map(({ ref }) => `${ref.namespace}/${ref.name}`))
  const namespaces = new Set(index.ofKind('', 'Namespace').map(({ ref }) => ref.name))
  const { clusterRoleBindings, roleBindings } = rbac.policy
  return [...clusterRoleBindings, ...roleBindings].flatMap((binding) =>
    binding.subjects.flatMap((_each, position) => {
      const holder = holderOf(binding, position)
      const [rule] = binding.role?.rules ?? []
      if (holder?.kind !== 'ServiceAccount' || rule === undefined || binding.role === undefined) return []
      const { namespace, name } = holder
      // Without the namespace nobody can make the account.
      if (known.has(`${namespace}/${name}`) || !namespaces.has(namespace)) return []
      const grant: RbacGrant = {
        kind: 'rbac',
        binding: binding.object,
        subject: position,
        role: binding.role.object,
        ruleIn: rule.from,
        rule: rule.index,
      }
      return [{ namespace, name, grant }]
    }),
  )
}
