import { asStrings, field, unknown, valueAt } from '../../model/index.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'

export const istioGatewayWildcard = defineCheck({
  id: 'istio-gateway-wildcard',
  title: 'A gateway of the mesh takes every host',
  severity: 'low',
  because: 'services of every namespace may be bound to it under any name',
  reach: 'unauthenticated',
  appliesTo: 'object',
  kinds: ['Gateway.networking.istio.io'],
  why: 'A host `*` lets any VirtualService that names the gateway serve any host, and answers requests under names that nobody meant.',
  references: [
    'https://istio.io/latest/docs/ops/best-practices/security/#avoid-overly-broad-hosts-configurations',
  ],
  evaluate({ object }, report) {
    const servers = valueAt(object.content, ['spec', 'servers']) ?? []
    if (!Array.isArray(servers)) {
      return report.unknown(
        unknown('unparsable', '`servers` is no list', { kind: 'object', object, path: ['spec', 'servers'] }),
      )
    }
    for (const [at, server] of servers.entries()) {
      for (const [number, host] of asStrings(field(server, 'hosts')).entries()) {
        if (!/^(?:[^/]*\/)?\*$/.test(host)) continue
        report.fail(
          fieldEvidence(object, ['spec', 'servers', at, 'hosts', number], `host ${host}`, `host ${host}`),
          {
            message: `it takes every host (\`${host}\`)`,
            fix: advice('Name the hosts, with their namespace before a slash.', {
              breaks: 'services that are reached by other names',
            }),
          },
        )
      }
    }
  },
  examples: {
    bad: { manifests: gateway('"*"') },
    good: { manifests: gateway('shop/www.shop.example') },
  },
})

function gateway(host: string): string {
  return `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: istio-ingress }
spec: { selector: { istio: ingress }, servers: [{ port: { number: 443, name: https, protocol: HTTPS }, hosts: [${host}] }] }
`
}
