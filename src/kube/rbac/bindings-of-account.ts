import type { KubeObject } from '../../model/index.js'
import type { ObjectIndex } from '../object-index.js'
import { readBinding, serviceAccountOf, type BindingSubject, type RoleRef } from './binding.js'
import { RBAC_GROUP } from './policy-rule.js'

/** One binding that names a service account. */
export interface AccountBinding {
  readonly binding: KubeObject
  readonly subject: BindingSubject
  readonly roleRef: RoleRef
}

const made = new WeakMap<ObjectIndex, ReadonlyMap<string, readonly AccountBinding[]>>()

/** The bindings that name a service account itself; grants to groups of accounts are not among them. */
export function bindingsOfAccount(
  index: ObjectIndex,
  namespace: string,
  name: string,
): readonly AccountBinding[] {
  let byAccount = made.get(index)
  if (byAccount === undefined) made.set(index, (byAccount = collect(index)))
  return byAccount.get(`${namespace}/${name}`) ?? []
}

function collect(index: ObjectIndex): Map<string, AccountBinding[]> {
  const byAccount = new Map<string, AccountBinding[]>()
  for (const kind of ['ClusterRoleBinding', 'RoleBinding']) {
    for (const binding of index.ofKind(RBAC_GROUP, kind)) {
      const { roleRef, subjects } = readBinding(binding)
      if (roleRef === undefined) continue
      for (const subject of subjects) {
        const account = serviceAccountOf(subject)
        if (account === undefined) continue
        const key = `${account.namespace}/${account.name}`
        const list = byAccount.get(key)
        if (list === undefined) byAccount.set(key, [{ binding, subject, roleRef }])
        else list.push({ binding, subject, roleRef })
      }
    }
  }
  return byAccount
}
