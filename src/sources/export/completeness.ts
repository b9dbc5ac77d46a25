import type { ListSeen } from '../../kube/index.js'
import type { KubeObject, Problem } from '../../model/index.js'

/** Without whole lists of these, too much of a cluster is missing to call an export complete. */
const NEEDED = [
  '/Namespace',
  '/Pod',
  '/ServiceAccount',
  'rbac.authorization.k8s.io/RoleBinding',
  'rbac.authorization.k8s.io/ClusterRoleBinding',
]

/**
 * What an export holds completely. `kinds` names each group/kind whose whole list was read: only of these is absence
 * known. It is empty as soon as a list was cut, something could not be read, or the lists are of one namespace alone
 * (a list does not say for which namespaces it was asked).
 */
export function completeness(
  objects: readonly KubeObject[],
  lists: readonly ListSeen[],
  problems: readonly Problem[],
): { readonly complete: boolean; readonly kinds: readonly string[] } {
  const broken = problems.some((problem) => problem.level === 'error') || lists.some((list) => list.partial)
  if (lists.length === 0 || broken || ofOneNamespace(objects)) return { complete: false, kinds: [] }
  const kinds = new Set<string>()
  for (const { ref } of objects) kinds.add(`${ref.group}/${ref.kind}`)
  for (const list of lists) if (list.items === 0) addEmptyList(kinds, list)
  return { complete: NEEDED.every((kind) => kinds.has(kind)), kinds: [...kinds].sort() }
}

/** An empty typed list says that there is no object of its kind. */
function addEmptyList(kinds: Set<string>, list: ListSeen): void {
  const kind = list.kind.replace(/List$/, '')
  const slash = list.apiVersion.indexOf('/')
  if (kind !== '') kinds.add(`${slash < 0 ? '' : list.apiVersion.slice(0, slash)}/${kind}`)
}

function ofOneNamespace(objects: readonly KubeObject[]): boolean {
  const namespaces = new Set<string>()
  for (const { ref } of objects) {
    if (ref.namespace !== '') namespaces.add(ref.namespace)
    if (namespaces.size > 1) return false
  }
  return namespaces.size === 1
}
