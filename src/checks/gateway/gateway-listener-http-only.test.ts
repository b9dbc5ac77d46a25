import { checkTests } from '../../../test/kit/check-tests.js'
import { gatewayWith, HTTPS } from './example-gateway.js'
import { gatewayListenerHttpOnly } from './gateway-listener-http-only.js'

checkTests(gatewayListenerHttpOnly, [
  {
    name: 'HTTP alone',
    kind: 'failing',
    given: { manifests: gatewayWith('- { name: http, port: 80, protocol: HTTP }') },
    expect: [{ result: 'fail', severity: 'medium', line: 7, fix: 'advice' }],
  },
  {
    name: 'HTTP beside HTTPS',
    kind: 'passing',
    given: { manifests: gatewayWith(`${HTTPS}\n- { name: http, port: 80, protocol: HTTP }`) },
    expect: [],
  },
  {
    name: 'other protocols',
    kind: 'odd',
    given: { manifests: gatewayWith('- { name: mesh, port: 15008, protocol: HBONE }') },
    expect: [],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: { manifests: gatewayWith('- {}').replace(/listeners:[^]*/, 'listeners: x\n') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
