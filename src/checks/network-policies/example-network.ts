/** Objects of a small network, as YAML, for examples and tests. */
export function namespaceNamed(name: string): string {
  return `apiVersion: v1
kind: Namespace
metadata: { name: ${name}, labels: { kubernetes.io/metadata.name: ${name} } }
`
}

export function policyWith(spec: string, namespace = 'shop', name = 'rules'): string {
  return `apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: ${name}, namespace: ${namespace} }
spec:
${spec
  .trim()
  .split('\n')
  .map((line) => `  ${line}\n`)
  .join('')}`
}

export function deploymentOf(app: string, namespace = 'shop', pod = ''): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${app}, namespace: ${namespace} }
spec:
  selector: { matchLabels: { app: ${app} } }
  template:
    metadata: { labels: { app: ${app} } }
    spec:
${pod === '' ? '' : `      ${pod}\n`}      containers:
        - name: ${app}
          image: registry.example/${app}:1
          ports: [{ name: http, containerPort: 8080 }]
`
}

export function serviceOf(app: string, namespace = 'shop', type = 'ClusterIP'): string {
  return `apiVersion: v1
kind: Service
metadata: { name: ${app}, namespace: ${namespace} }
spec:
  type: ${type}
  selector: { app: ${app} }
  ports: [{ port: 80, targetPort: http }]
`
}

export function nodeWith(providerId: string, labels = '{}'): string {
  return `apiVersion: v1
kind: Node
metadata: { name: node-1, labels: ${labels} }
spec: { providerID: "${providerId}" }
`
}

/** Documents of one stream. */
export function documents(...texts: string[]): string {
  return texts.join('---\n')
}
