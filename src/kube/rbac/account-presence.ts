import type { ObjectIndex } from '../object-index.js'
import { holdsAll } from './resolve-role.js'

/**
 * Whether a service account exists. `default` is made in every namespace. Absence is known only where a source holds
 * the whole cluster, accounts of that namespace among it, or the namespace itself is known to be absent.
 */
export function accountPresence(
  index: ObjectIndex,
  namespace: string,
  name: string,
): 'present' | 'absent' | 'not-known' {
  if (index.get('', 'ServiceAccount', namespace, name) !== undefined) return 'present'
  if (holdsAll(index, '', 'Namespace') && index.get('', 'Namespace', '', namespace) === undefined)
    return 'absent'
  if (!holdsAll(index, '', 'ServiceAccount')) return name === 'default' ? 'present' : 'not-known'
  if (namespacesWithAccounts(index).has(namespace)) return 'absent'
  return name === 'default' ? 'present' : 'not-known'
}

const made = new WeakMap<ObjectIndex, ReadonlySet<string>>()

function namespacesWithAccounts(index: ObjectIndex): ReadonlySet<string> {
  let known = made.get(index)
  if (known === undefined) {
    known = new Set(index.ofKind('', 'ServiceAccount').map((account) => account.ref.namespace))
    made.set(index, known)
  }
  return known
}
