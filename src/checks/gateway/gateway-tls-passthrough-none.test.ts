import { checkTests } from '../../../test/kit/check-tests.js'
import { gatewayWith, routeWith } from './example-gateway.js'
import { gatewayTlsPassthroughNone } from './gateway-tls-passthrough-none.js'

const PASS = gatewayWith(
  '- { name: tls, port: 443, protocol: TLS, hostname: a.example, tls: { mode: Passthrough } }',
)
const route = (parent: string) => routeWith(`{ parentRefs: [${parent}] }`, 'TLSRoute')
const of = (...texts: string[]) => ({ complete: true, manifests: texts.join('---\n') })

checkTests(gatewayTlsPassthroughNone, [
  {
    name: 'no route',
    kind: 'failing',
    given: of(PASS),
    expect: [{ result: 'fail', severity: 'info', path: 'listener tls', fix: 'advice' }],
  },
  {
    name: 'routes of another listener and another Gateway',
    kind: 'odd',
    given: of(PASS, route('{ name: edge, sectionName: other }, { name: other }')),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'a route',
    kind: 'passing',
    given: of(PASS, route('{ name: edge, sectionName: tls }')),
    expect: [],
  },
  {
    name: 'routes were not read',
    kind: 'unknown',
    given: { manifests: PASS },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
