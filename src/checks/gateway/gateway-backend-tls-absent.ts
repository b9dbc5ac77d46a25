import { absenceIsKnown, inNamespace, type ObjectIndex } from '../../kube/index.js'
import { asList, asString, field, unknown, valueAt, type KubeObject } from '../../model/index.js'
import { gatewayWith, HTTPS, routeWith } from './example-gateway.js'
import { backendRefsOf, GATEWAY_GROUP, isAttached, listenersOf } from './gateway-parts.js'
import { defineCheck } from '../define-check.js'
import { fieldEvidence } from '../object-evidence.js'
import { advice } from '../precondition.js'

const ROUTE = routeWith(
  '{ parentRefs: [{ name: edge }], rules: [{ backendRefs: [{ name: api, port: 80 }] }] }',
)

export const gatewayBackendTlsAbsent = defineCheck({
  id: 'gateway-backend-tls-absent',
  title: 'Requests are in clear between a Gateway and its pods',
  severity: 'info',
  because: 'whoever is on the network of the cluster reads them',
  reach: 'pod',
  appliesTo: 'object',
  kinds: ['HTTPRoute.gateway.networking.k8s.io', 'GRPCRoute.gateway.networking.k8s.io'],
  why: 'TLS ends at the Gateway. Without a BackendTLSPolicy for the Service the rest of the way is plain, unless a mesh encrypts it.',
  references: ['https://gateway-api.sigs.k8s.io/api-types/backendtlspolicy/'],
  evaluate({ object, index }, report) {
    const gateways = attachedWithTls(index, object)
    if (gateways.length === 0) return
    for (const { kind, name, namespace, at } of backendRefsOf(object)) {
      if (kind !== 'Service' || hasPolicy(index, namespace, name)) continue
      if (!absenceIsKnown(index, GATEWAY_GROUP, 'BackendTLSPolicy')) {
        const detail = `no BackendTLSPolicy of Service ${name} was read, and the input need not hold all of them`
        report.unknown(unknown('no-source', detail, { kind: 'object', object, path: at }))
        continue
      }
      report.fail(fieldEvidence(object, at, `Service ${namespace}/${name}`, `Service ${namespace}/${name}`), {
        message: `TLS ends at the Gateway: requests to Service ${name} go on in clear`,
        fix: advice(
          'Serve TLS in the pods and say so in a BackendTLSPolicy for the Service, or encrypt by a mesh.',
          {
            breaks: 'the Service, where its pods do not speak TLS',
          },
        ),
      })
    }
  },
  examples: {
    bad: { complete: true, manifests: `${gatewayWith(HTTPS)}---\n${ROUTE}` },
    good: { complete: true, manifests: `${gatewayWith(HTTPS)}---\n${ROUTE}---\n${backendPolicy()}` },
  },
})

/** The Gateways with TLS that a route is attached to. */
function attachedWithTls(index: ObjectIndex, route: KubeObject): KubeObject[] {
  const silent = { fail: () => {}, unknown: () => {}, notApplicable: () => {} }
  return asList(valueAt(route.content, ['spec', 'parentRefs'])).flatMap((parent) => {
    const namespace = asString(field(parent, 'namespace')) ?? route.ref.namespace
    const name = asString(field(parent, 'name')) ?? ''
    const gateway = index.get(GATEWAY_GROUP, 'Gateway', namespace, name)
    if (gateway === undefined) return []
    const listeners = listenersOf(gateway, silent).filter(({ protocol }) => protocol === 'HTTPS')
    return listeners.some((listener) => isAttached(route, gateway, listener.name)) ? [gateway] : []
  })
}

function hasPolicy(index: ObjectIndex, namespace: string, service: string): boolean {
  return inNamespace(index, GATEWAY_GROUP, 'BackendTLSPolicy', namespace).some(({ content }) =>
    asList(valueAt(content, ['spec', 'targetRefs'])).some(
      (target) => field(target, 'kind') === 'Service' && field(target, 'name') === service,
    ),
  )
}

function backendPolicy(): string {
  return `apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata: { name: api, namespace: shop }
spec: { targetRefs: [{ group: "", kind: Service, name: api }] }
`
}
