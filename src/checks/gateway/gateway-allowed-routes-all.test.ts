import { checkTests } from '../../../test/kit/check-tests.js'
import { gatewayWith, HTTPS } from './example-gateway.js'
import { gatewayAllowedRoutesAll } from './gateway-allowed-routes-all.js'

const from = (value: string) => ({
  manifests: gatewayWith(`${HTTPS.slice(0, -2)}, allowedRoutes: { namespaces: { from: ${value} } } }`),
})

checkTests(gatewayAllowedRoutesAll, [
  {
    name: 'All',
    kind: 'failing',
    given: from('All'),
    expect: [{ result: 'fail', severity: 'medium', line: 7, fix: 'advice' }],
  },
  { name: 'a selector', kind: 'passing', given: from('Selector'), expect: [] },
  {
    name: 'the default is the own namespace',
    kind: 'odd',
    given: { manifests: gatewayWith(HTTPS) },
    expect: [],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: { manifests: gatewayWith('- {}').replace(/listeners:[^]*/, 'listeners: x\n') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
