/** An Ingress of the namespace `shop`, as YAML; `spec` and annotations in lines of their own. */
export function ingressWith(spec: string, annotations = '', name = 'web', namespace = 'shop'): string {
  return `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: ${name}
  namespace: ${namespace}
${annotations === '' ? '' : `  annotations:\n${indented(annotations, 4)}`}spec:
${indented(spec, 2)}`
}

/** A rule that sends a host to the Service \`web\`. */
export function ruleFor(host: string | undefined, path = '/'): string {
  const named = host === undefined ? '' : `host: "${host}", `
  return `{ ${named}http: { paths: [{ path: "${path}", pathType: Prefix, backend: { service: { name: web, port: { number: 80 } } } }] } }`
}

function indented(text: string, by: number): string {
  return text
    .trim()
    .split('\n')
    .map((line) => `${' '.repeat(by)}${line}\n`)
    .join('')
}

/** A controller of ingress-nginx, as its chart writes it. */
export function controllerWith(image: string, args: readonly string[] = []): string {
  const all = ['/nginx-ingress-controller', '--configmap=$(POD_NAMESPACE)/ingress-nginx-controller', ...args]
  return `apiVersion: apps/v1
kind: Deployment
metadata: { name: ingress-nginx-controller, namespace: ingress-nginx }
spec:
  selector: { matchLabels: { app: ingress-nginx } }
  template:
    metadata: { labels: { app: ingress-nginx } }
    spec:
      containers:
        - name: controller
          image: ${image}
          args: ${JSON.stringify(all)}
`
}

export const NGINX = 'registry.k8s.io/ingress-nginx/controller:v1.15.1'
