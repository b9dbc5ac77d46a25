import { checkTests } from '../../../test/kit/check-tests.js'
import { serviceWith, WEB_SERVICE } from './example-wiring.js'
import { wiringIngressNoService } from './wiring-ingress-no-service.js'

const ingress = (backend: string) => `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: web, namespace: shop }
spec: { rules: [{ host: a.example, http: { paths: [{ path: /, pathType: Prefix, backend: ${backend} }] } }] }
`
const INGRESS = ingress('{ service: { name: web, port: { number: 80 } } }')
const of = (...texts: string[]) => ({ complete: true, manifests: texts.join('---\n') })

checkTests(wiringIngressNoService, [
  {
    name: 'no such Service',
    kind: 'failing',
    given: of(INGRESS, serviceWith(WEB_SERVICE, 'other')),
    expect: [{ result: 'fail', severity: 'low', path: 'Service shop/web', fix: 'advice' }],
  },
  { name: 'it is there', kind: 'passing', given: of(INGRESS, serviceWith(WEB_SERVICE)), expect: [] },
  {
    name: 'a resource as backend',
    kind: 'odd',
    given: of(ingress('{ resource: { kind: Bucket, name: a } }')),
    expect: [],
  },
  {
    name: 'only the Ingress',
    kind: 'unknown',
    given: { manifests: INGRESS },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
