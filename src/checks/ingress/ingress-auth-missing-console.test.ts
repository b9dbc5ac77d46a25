import { checkTests } from '../../../test/kit/check-tests.js'
import { ingressWith, ruleFor } from './example-ingress.js'
import { ingressAuthMissingConsole } from './ingress-auth-missing-console.js'

const pods = (image: string) => `apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { selector: { app: web } }
---
apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: web, image: "${image}" }] }
`
const RULES = `rules: [${ruleFor('a.example')}]`

checkTests(ingressAuthMissingConsole, [
  {
    name: 'a console',
    kind: 'failing',
    given: { manifests: `${ingressWith(RULES)}---\n${pods('grafana/grafana:12.0.0')}` },
    expect: [{ result: 'fail', severity: 'medium', path: 'backend web', fix: 'advice', message: /^Grafana/ }],
  },
  {
    name: 'as the default backend',
    kind: 'odd',
    given: {
      manifests: `${ingressWith('defaultBackend: { service: { name: web } }')}---\n${pods('rayproject/ray:2.40.0')}`,
    },
    expect: [{ result: 'fail', message: /^Ray/ }],
  },
  {
    name: 'a login in front, and an application',
    kind: 'passing',
    given: {
      manifests: `${ingressWith(RULES, 'traefik.ingress.kubernetes.io/router.middlewares: sso', 'a')}---\n${pods('grafana/grafana:12.0.0')}`,
    },
    expect: [],
  },
  {
    name: 'an application',
    kind: 'passing',
    given: { manifests: `${ingressWith(RULES)}---\n${pods('registry.example/shop:1')}` },
    expect: [],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: { manifests: ingressWith('rules: 1') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
