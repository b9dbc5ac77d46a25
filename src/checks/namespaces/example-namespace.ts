/** A Namespace as YAML with these labels; they stand on line 5. */
export function namespaceWith(labels: object, name = 'shop'): string {
  return `apiVersion: v1
kind: Namespace
metadata:
  name: ${name}
  labels: ${JSON.stringify(labels)}
`
}

/** A Deployment in a namespace; `pod` holds further fields of the pod, `container` of its only container. */
export function deploymentIn(
  namespace: string,
  pod: object = {},
  container: object = {},
  name = 'web',
): string {
  const object = {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, ...(namespace === '' ? {} : { namespace }) },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: { ...pod, containers: [{ name: 'app', image: 'registry.example.com/web:1', ...container }] },
      },
    },
  }
  return `---\n${JSON.stringify(object)}\n`
}

/** Fields of a pod that restricted takes. */
export const RESTRICTED_POD = {
  securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
}
export const RESTRICTED_CONTAINER = {
  securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
}
