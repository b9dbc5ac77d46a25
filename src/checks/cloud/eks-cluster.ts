import { providerOfNode, type ObjectIndex } from '../../kube/index.js'
import type { KubeObject } from '../../model/index.js'

const made = new WeakMap<ObjectIndex, { readonly node: KubeObject | undefined }>()

/** The first Node of EKS by name, or undefined: told by the build of its kubelet and the labels that EKS gives. */
export function firstEksNode(index: ObjectIndex): KubeObject | undefined {
  let entry = made.get(index)
  if (entry === undefined) {
    const nodes = index.ofKind('', 'Node').filter((node) => providerOfNode(node) === 'Amazon EKS')
    nodes.sort((a, b) => (a.ref.name < b.ref.name ? -1 : 1))
    made.set(index, (entry = { node: nodes[0] }))
  }
  return entry.node
}
