import { imageReference, type ObjectIndex } from '../../kube/index.js'
import { asList, asString, field, valueAt, type KubeObject } from '../../model/index.js'
import { releaseLine } from './node-info.js'

/** A minor of Kubernetes 1 and the object that tells it. */
export interface ServerVersion {
  readonly minor: number
  readonly object: KubeObject
}

const made = new WeakMap<ObjectIndex, { readonly found: ServerVersion | undefined }>()

/** The oldest API server that was read, by the image of its pod: no kubelet may be newer than it. */
export function oldestServer(index: ObjectIndex): ServerVersion | undefined {
  let entry = made.get(index)
  if (entry === undefined) made.set(index, (entry = { found: readServers(index) }))
  return entry.found
}

function readServers(index: ObjectIndex): ServerVersion | undefined {
  let oldest: ServerVersion | undefined
  for (const object of index.ofKind('', 'Pod')) {
    if (object.ref.namespace !== 'kube-system') continue
    for (const container of asList(valueAt(object.content, ['spec', 'containers']))) {
      const { repository, tag } = imageReference(asString(field(container, 'image')) ?? '')
      const line = /(?:^|\/)kube-apiserver$/.test(repository) ? releaseLine(tag ?? '') : undefined
      if (line?.[0] === 1 && (oldest === undefined || line[1] < oldest.minor))
        oldest = { minor: line[1], object }
    }
  }
  return oldest
}
