/** A ConfigMap as YAML; data stands from line 5 on. */
export function configMap(data: object | string, name = 'settings'): string {
  return `apiVersion: v1
kind: ConfigMap
metadata: { name: ${name}, namespace: shop }
data: ${typeof data === 'string' ? data : `\n${pairs(data)}`}
`
}

/** A Secret as YAML; data stands on line 5. */
export function secretWith(fields: object, name = 'db', namespace = 'shop'): string {
  return `apiVersion: v1
kind: Secret
metadata: { name: ${name}, namespace: ${namespace} }
${pairs(fields, '')}`
}

/** A Deployment as YAML whose only container has these fields; they stand from line 14 on. */
export function deploymentWith(container: object, name = 'web', pod: object = {}): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: ${name}
  namespace: shop
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
${pairs(pod, '      ')}      containers:
        - name: app
          image: registry.example.com/web:1
${pairs(container, '          ')}`
}

function pairs(fields: object, indent = '  '): string {
  return Object.entries(fields)
    .map(([key, value]) => `${indent}${JSON.stringify(key)}: ${JSON.stringify(value)}\n`)
    .join('')
}
