/** A Deployment in namespace shop whose pod template has these fields besides its container, as YAML. */
export function deploymentWith(spec: object, namespace = 'shop'): string {
  const pod = { ...spec, containers: [{ name: 'web', image: 'registry.example.com/web:1.2.3' }] }
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  namespace: ${namespace}
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
${Object.entries(pod)
  .map(([key, value]) => `      ${key}: ${JSON.stringify(value)}\n`)
  .join('')}`
}

/** A ServiceAccount as YAML. */
export function accountNamed(namespace: string, name: string, more: object = {}): string {
  return `${JSON.stringify({ apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name, namespace }, ...more })}\n`
}

/** A RoleBinding of ClusterRole `edit` to a service account, as YAML; the subject stands on line 11. */
export function editFor(namespace: string, account: string): string {
  return `apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: ${account}-edits
  namespace: ${namespace}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: edit
subjects:
  - { kind: ServiceAccount, name: ${account}, namespace: ${namespace} }
`
}
