import { checkTests } from '../../../test/kit/check-tests.js'
import { gatewayWith, HTTPS } from './example-gateway.js'
import { gatewayWildcardListener } from './gateway-wildcard-listener.js'

checkTests(gatewayWildcardListener, [
  {
    name: 'no hostname',
    kind: 'failing',
    given: { manifests: gatewayWith('- { name: web, port: 80, protocol: HTTP }') },
    expect: [{ result: 'fail', severity: 'low', path: 'listener web', line: 7, fix: 'advice' }],
  },
  {
    name: 'a wildcard',
    kind: 'odd',
    given: {
      manifests: gatewayWith('- { name: web, port: 443, protocol: HTTPS, hostname: "*.shop.example" }'),
    },
    expect: [{ result: 'fail', message: /\*\.shop/ }],
  },
  {
    name: 'a host, and TCP, which has none',
    kind: 'passing',
    given: { manifests: gatewayWith(`${HTTPS}\n- { name: db, port: 5432, protocol: TCP }`) },
    expect: [],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: { manifests: gatewayWith('- {}').replace(/listeners:[^]*/, 'listeners: x\n') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
