/** A Service of the namespace `shop` that takes pods with `app: web`, as YAML; `spec` in lines of its own. */
export function serviceWith(spec: string, metadata = ''): string {
  return `apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop${metadata} }
spec:
${spec
  .trim()
  .split('\n')
  .map((line) => `  ${line}\n`)
  .join('')}`
}

/** A Deployment whose pods that Service takes. */
export function deploymentWith(ports: string, image = 'registry.example/web:1'): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      containers: [{ name: web, image: "${image}", ports: ${ports} }]
`
}
