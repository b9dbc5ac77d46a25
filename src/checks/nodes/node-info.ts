import { providerOfNode } from '../../kube/index.js'
import { asString, known, unknown, valueAt, type Fact, type KubeObject } from '../../model/index.js'

/** What a Node says of itself in `status.nodeInfo`; unknown where it does not, as in a manifest. */
export function nodeInfo(object: KubeObject, name: string): Fact<string> {
  const path = ['status', 'nodeInfo', name]
  const origin = { kind: 'object', object, path } as const
  const value = valueAt(object.content, path)
  if (value === undefined || value === null || value === '') {
    return unknown('no-source', `Node ${object.ref.name} does not say its ${name}`, origin)
  }
  const text = asString(value)
  return text === undefined ? unknown('unparsable', `\`${name}\` is not a text`, origin) : known(text, origin)
}

/** Major and minor of a version at the beginning of a text: `v1.36.2`, `6.12.41-amd64`. */
export function releaseLine(version: string): readonly [number, number] | undefined {
  const found = /^v?(\d{1,4})\.(\d{1,4})/.exec(version)
  return found === null ? undefined : [Number(found[1]), Number(found[2])]
}

/** Whose build the kubelet of a Node is, where that is not the project itself; such builds have support times of their own. */
export function builderOf(node: KubeObject, kubeletVersion: string): string | undefined {
  if (kubeletVersion.includes('+k3s')) return 'K3s'
  if (kubeletVersion.includes('+rke2')) return 'RKE2'
  return providerOfNode(node)
}
