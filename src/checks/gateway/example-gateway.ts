/** Objects of the Gateway API in the namespace `shop`, as YAML. */
export function gatewayWith(listeners: string, name = 'edge'): string {
  return `apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: ${name}, namespace: shop }
spec:
  gatewayClassName: edge
  listeners:
${listeners
  .trim()
  .split('\n')
  .map((line) => `    ${line}\n`)
  .join('')}`
}

export function routeWith(spec: string, kind = 'HTTPRoute', name = 'web'): string {
  return `apiVersion: gateway.networking.k8s.io/v1
kind: ${kind}
metadata: { name: ${name}, namespace: shop }
spec: ${spec}
`
}

export const HTTPS =
  '- { name: https, port: 443, protocol: HTTPS, hostname: www.shop.example, tls: { certificateRefs: [{ name: web-tls }] } }'
