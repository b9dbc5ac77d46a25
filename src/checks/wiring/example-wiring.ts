/** A Deployment `web` of the namespace `shop` with `app: web`, as YAML; `pod` are fields of its pods. */
export function deploymentWith(container = '', pod = '', labels = '{ app: web }'): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  replicas: 2
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: ${labels} }
    spec:
${pod === '' ? '' : `      ${pod}\n`}      containers:
        - name: web
          image: registry.example/web:1
${container === '' ? '' : `          ${container}\n`}`
}

export function serviceWith(spec: string, name = 'web'): string {
  return `apiVersion: v1
kind: Service
metadata: { name: ${name}, namespace: shop }
spec: ${spec}
`
}

export const WEB_SERVICE = '{ selector: { app: web }, ports: [{ name: http, port: 80, targetPort: http }] }'
