import { asString, valueAt } from '../../model/index.js'
import type { ObjectIndex } from '../object-index.js'

const VERSION = /^v?1\.(\d{1,3})(?:\D|$)/

/**
 * The minor version of a cluster (`36` for 1.36): of its newest Node, since no kubelet may be newer than the API
 * server. Undefined without a Node that says its version.
 */
export function clusterMinor(index: ObjectIndex): number | undefined {
  let known = made.get(index)
  if (known === undefined) made.set(index, (known = { minor: newestNode(index) }))
  return known.minor
}

const made = new WeakMap<ObjectIndex, { readonly minor: number | undefined }>()

function newestNode(index: ObjectIndex): number | undefined {
  let newest: number | undefined
  for (const node of index.ofKind('', 'Node')) {
    const text = asString(valueAt(node.content, ['status', 'nodeInfo', 'kubeletVersion']))
    const minor = text === undefined ? undefined : VERSION.exec(text)?.[1]
    if (minor !== undefined && (newest === undefined || Number(minor) > newest)) newest = Number(minor)
  }
  return newest
}
