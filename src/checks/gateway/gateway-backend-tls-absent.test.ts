import { checkTests } from '../../../test/kit/check-tests.js'
import { gatewayWith, HTTPS, routeWith } from './example-gateway.js'
import { gatewayBackendTlsAbsent } from './gateway-backend-tls-absent.js'

const ROUTE = routeWith(
  '{ parentRefs: [{ name: edge }], rules: [{ backendRefs: [{ name: api, port: 80 }] }] }',
)
const POLICY = `apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata: { name: api, namespace: shop }
spec: { targetRefs: [{ group: "", kind: Service, name: api }] }
`
const of = (...texts: string[]) => ({ complete: true, manifests: texts.join('---\n') })

checkTests(gatewayBackendTlsAbsent, [
  {
    name: 'TLS ends at the Gateway',
    kind: 'failing',
    given: of(gatewayWith(HTTPS), ROUTE),
    expect: [{ result: 'fail', severity: 'info', path: 'Service shop/api', fix: 'advice' }],
  },
  { name: 'a policy', kind: 'passing', given: of(gatewayWith(HTTPS), ROUTE, POLICY), expect: [] },
  {
    name: 'plain from the start, which another check names',
    kind: 'odd',
    given: of(gatewayWith('- { name: http, port: 80, protocol: HTTP }'), ROUTE),
    expect: [],
  },
  {
    name: 'policies were not read',
    kind: 'unknown',
    given: { manifests: `${gatewayWith(HTTPS)}---\n${ROUTE}` },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
