import type { ObjectIndex } from '../../kube/index.js'
import { asString, valueAt } from '../../model/index.js'

/** Minor and patch of version 1. */
export type KubeletVersion = readonly [minor: number, patch: number]

const made = new WeakMap<ObjectIndex, ReadonlyMap<string, KubeletVersion>>()

/** The kubelet of each Node that tells its version, by the Node's name; made once for an estate. */
export function kubeletVersions(index: ObjectIndex): ReadonlyMap<string, KubeletVersion> {
  let versions = made.get(index)
  if (versions === undefined) {
    versions = new Map(
      index.ofKind('', 'Node').flatMap((node): [string, KubeletVersion][] => {
        const text = asString(valueAt(node.content, ['status', 'nodeInfo', 'kubeletVersion']))
        const found = text === undefined ? null : /^v?1\.(\d{1,3})\.(\d{1,4})/.exec(text)
        return found === null ? [] : [[node.ref.name, [Number(found[1]), Number(found[2])]]]
      }),
    )
    made.set(index, versions)
  }
  return versions
}
