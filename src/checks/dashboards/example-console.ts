/** A Deployment of one console with its Service, as YAML; the container's fields stand on lines of their own. */
export function consoleWith(
  container: { readonly image: string } & Record<string, unknown>,
  serviceType = 'ClusterIP',
): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata:
  name: console
  namespace: tools
spec:
  selector: { matchLabels: { app: console } }
  template:
    metadata: { labels: { app: console } }
    spec:
      serviceAccountName: console
      containers:
        - name: console
${Object.entries(container)
  .map(([key, value]) => `          ${key}: ${JSON.stringify(value)}\n`)
  .join('')}---
apiVersion: v1
kind: Service
metadata:
  name: console
  namespace: tools
spec:
  type: ${serviceType}
  selector: { app: console }
  ports:
    - port: 443
      targetPort: 8443
`
}

export const DASHBOARD = 'docker.io/kubernetesui/dashboard:v2.7.0'
