import type { ObjectIndex } from '../../kube/index.js'
import { asString, isObject, valueAt, type KubeObject } from '../../model/index.js'

const made = new WeakMap<ObjectIndex, { readonly node: KubeObject | undefined }>()

/** The first Node of EKS by name, or undefined: told by the build of its kubelet and the labels that EKS gives. */
export function firstEksNode(index: ObjectIndex): KubeObject | undefined {
  let entry = made.get(index)
  if (entry === undefined) {
    const nodes = index.ofKind('', 'Node').filter(isEks)
    nodes.sort((a, b) => (a.ref.name < b.ref.name ? -1 : 1))
    made.set(index, (entry = { node: nodes[0] }))
  }
  return entry.node
}

function isEks({ content }: KubeObject): boolean {
  const version = asString(valueAt(content, ['status', 'nodeInfo', 'kubeletVersion'])) ?? ''
  const labels = valueAt(content, ['metadata', 'labels'])
  return (
    version.includes('-eks-') ||
    (isObject(labels) && Object.keys(labels).some((label) => label.startsWith('eks.amazonaws.com/')))
  )
}
