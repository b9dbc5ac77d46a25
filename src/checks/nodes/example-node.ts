/** A Node as YAML; `info` are fields of `status.nodeInfo`, `more` further fields of the object, as flow mappings. */
export function node(
  name: string,
  parts: { readonly info?: string; readonly labels?: string; readonly spec?: string } = {},
): string {
  const { info = '', labels = '', spec = '' } = parts
  return `apiVersion: v1
kind: Node
metadata:
  name: ${name}
  labels: {${labels}}
spec: {${spec}}
status:
  nodeInfo: {${info}}
`
}
