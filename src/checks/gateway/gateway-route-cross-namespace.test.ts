import { checkTests } from '../../../test/kit/check-tests.js'
import { routeWith } from './example-gateway.js'
import { gatewayRouteCrossNamespace } from './gateway-route-cross-namespace.js'

const to = (backends: string, kind?: string) => ({
  manifests: routeWith(`{ rules: [{ backendRefs: ${backends} }] }`, kind),
})

checkTests(gatewayRouteCrossNamespace, [
  {
    name: 'another namespace',
    kind: 'failing',
    given: to('[{ name: api, namespace: payments }]'),
    expect: [{ result: 'fail', severity: 'low', path: 'Service payments/api', fix: 'advice' }],
  },
  {
    name: 'another kind of route',
    kind: 'odd',
    given: to('[{ name: api, namespace: payments }]', 'TLSRoute'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'its own, named or not',
    kind: 'passing',
    given: to('[{ name: a }, { name: b, namespace: shop }]'),
    expect: [],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: { manifests: routeWith('{ rules: {} }') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
