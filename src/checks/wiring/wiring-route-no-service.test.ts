import { checkTests } from '../../../test/kit/check-tests.js'
import { serviceWith, WEB_SERVICE } from './example-wiring.js'
import { wiringRouteNoService } from './wiring-route-no-service.js'

const route = (backends: string) => `apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: web, namespace: shop }
spec: { rules: ${backends} }
`
const WEB = route('[{ backendRefs: [{ name: web }] }]')
const OPENSHIFT =
  'apiVersion: route.openshift.io/v1\nkind: Route\nmetadata: { name: web, namespace: shop }\nspec: { to: { kind: Service, name: gone } }\n'
const of = (...texts: string[]) => ({ complete: true, manifests: texts.join('---\n') })

checkTests(wiringRouteNoService, [
  {
    name: 'no such Service',
    kind: 'failing',
    given: of(WEB),
    expect: [{ result: 'fail', severity: 'low', path: 'Service shop/web', fix: 'advice' }],
  },
  {
    name: 'a Route of OpenShift',
    kind: 'failing',
    given: of(OPENSHIFT),
    expect: [{ result: 'fail', path: 'Service shop/gone' }],
  },
  { name: 'it is there', kind: 'passing', given: of(WEB, serviceWith(WEB_SERVICE)), expect: [] },
  {
    name: 'another kind of backend',
    kind: 'odd',
    given: of(route('[{ backendRefs: [{ kind: Bucket, name: a }] }]')),
    expect: [],
  },
  {
    name: 'only the route',
    kind: 'unknown',
    given: { manifests: WEB },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
