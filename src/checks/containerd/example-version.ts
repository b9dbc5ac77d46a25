import type { EstateInput } from '../../model/index.js'
import { containerdWith } from './example-containerd.js'

/** A host with containerd, whose Node names its version. */
export function containerdOfVersion(version: string): EstateInput {
  const manifests = `apiVersion: v1
kind: Node
metadata:
  name: node-1
status:
  nodeInfo:
    containerRuntimeVersion: containerd://${version}
`
  return { ...containerdWith('version = 2\n'), manifests }
}
