import { checkTests } from '../../../test/kit/check-tests.js'
import { istioGatewayWildcard } from './istio-gateway-wildcard.js'

const gateway = (servers: string) => ({
  manifests: `apiVersion: networking.istio.io/v1
kind: Gateway
metadata: { name: edge, namespace: istio-ingress }
spec: { servers: ${servers} }
`,
})

checkTests(istioGatewayWildcard, [
  {
    name: 'every host',
    kind: 'failing',
    given: gateway('[{ hosts: ["*"] }]'),
    expect: [{ result: 'fail', severity: 'low', path: 'host *', line: 4, fix: 'advice' }],
  },
  {
    name: 'every host of a namespace',
    kind: 'odd',
    given: gateway('[{ hosts: [a.example, "shop/*"] }]'),
    expect: [{ result: 'fail', path: 'host shop/*' }],
  },
  {
    name: 'named hosts, and a domain',
    kind: 'passing',
    given: gateway('[{ hosts: [shop/a.example, "*.shop.example"] }]'),
    expect: [],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: gateway('{}'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
