import { unknown, valueAt } from '../../model/index.js'
import { routeWith } from './example-gateway.js'
import { backendRefsOf, GATEWAY_GROUP, ROUTE_KINDS } from './gateway-parts.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'

export const gatewayRouteCrossNamespace = defineCheck({
  id: 'gateway-route-cross-namespace',
  title: 'A route leads into another namespace',
  severity: 'low',
  because: 'its owners decide who reaches a Service of somebody else',
  reach: 'user',
  appliesTo: 'object',
  kinds: ROUTE_KINDS.map((kind) => `${kind}.${GATEWAY_GROUP}`),
  why: 'With a ReferenceGrant a route sends requests to a Service of another namespace. Who may write the route opens that Service to the outside.',
  references: ['https://gateway-api.sigs.k8s.io/api-types/referencegrant/'],
  evaluate({ object }, report) {
    const rules = valueAt(object.content, ['spec', 'rules']) ?? []
    if (!Array.isArray(rules)) {
      return report.unknown(
        unknown('unparsable', '`rules` is no list', { kind: 'object', object, path: ['spec', 'rules'] }),
      )
    }
    for (const { kind, name, namespace, at } of backendRefsOf(object)) {
      if (namespace === object.ref.namespace) continue
      report.fail(fieldEvidence(object, at, `${kind} ${namespace}/${name}`, `${kind} ${namespace}/${name}`), {
        message: `it sends requests to ${kind} ${name} of namespace ${namespace}`,
        fix: advice('Keep the route in the namespace of its Service, and attach it to the shared Gateway.', {
          breaks: 'requests that reach the Service through this route',
        }),
      })
    }
  },
  examples: {
    bad: { manifests: routeWith('{ rules: [{ backendRefs: [{ name: api, namespace: payments }] }] }') },
    good: { manifests: routeWith('{ rules: [{ backendRefs: [{ name: api }] }] }') },
  },
})
