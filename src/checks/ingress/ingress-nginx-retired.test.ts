import { checkTests } from '../../../test/kit/check-tests.js'
import { controllerWith, NGINX } from './example-ingress.js'
import { ingressNginxRetired } from './ingress-nginx-retired.js'

const service = (ip: string) => `apiVersion: v1
kind: Service
metadata: { name: ingress-nginx-controller, namespace: ingress-nginx }
spec: { type: LoadBalancer, selector: { app: ingress-nginx } }
status: { loadBalancer: { ingress: [{ ip: ${ip} }] } }
`

checkTests(ingressNginxRetired, [
  {
    name: 'no address was read',
    kind: 'failing',
    given: { manifests: controllerWith(NGINX) },
    expect: [{ result: 'fail', severity: 'medium', path: 'retired', fix: 'advice' }],
  },
  {
    name: 'on a public address',
    kind: 'failing',
    given: { manifests: `${controllerWith(NGINX)}---\n${service('203.0.113.9')}` },
    expect: [{ result: 'fail', severity: 'high', message: /203\.0\.113\.9/ }],
  },
  {
    name: 'on a private address',
    kind: 'odd',
    given: { manifests: `${controllerWith(NGINX)}---\n${service('10.0.0.9')}` },
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'another controller',
    kind: 'passing',
    given: { manifests: controllerWith('nginx/nginx-ingress:5.1.0') },
    expect: [],
  },
  {
    name: 'a fork with years',
    kind: 'unknown',
    given: { manifests: controllerWith('registry.example/ingress-nginx/controller:v2026.6.1') },
    expect: [{ result: 'unknown', reason: 'version-unknown' }],
  },
])
