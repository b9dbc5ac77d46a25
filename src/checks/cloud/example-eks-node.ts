/** A Node as YAML, of EKS unless its version says otherwise. */
export function nodeOf(version = 'v1.35.2-eks-1a2b3c4', labels = ''): string {
  return `apiVersion: v1
kind: Node
metadata:
  name: ip-10-0-1-7.eu-west-1.compute.internal
  labels: {${labels}}
status:
  nodeInfo:
    kubeletVersion: ${version}
`
}
