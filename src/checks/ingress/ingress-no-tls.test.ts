import { checkTests } from '../../../test/kit/check-tests.js'
import { ingressWith, ruleFor } from './example-ingress.js'
import { ingressNoTls } from './ingress-no-tls.js'

const RULES = `rules: [${ruleFor('shop.example')}]`

checkTests(ingressNoTls, [
  {
    name: 'no tls',
    kind: 'failing',
    given: { manifests: ingressWith(RULES) },
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: 'spec.tls',
        fix: 'advice',
        message: 'no TLS for shop.example',
      },
    ],
  },
  {
    name: 'an empty list',
    kind: 'odd',
    given: { manifests: ingressWith(`${RULES}\ntls: []`) },
    expect: [{ result: 'fail' }],
  },
  {
    name: 'tls',
    kind: 'passing',
    given: { manifests: ingressWith(`${RULES}\ntls: [{ hosts: [shop.example] }]`) },
    expect: [],
  },
  {
    name: 'the load balancer of a cloud ends TLS, and an Ingress that asks for a certificate',
    kind: 'odd',
    given: {
      manifests: `${ingressWith(RULES, `alb.ingress.kubernetes.io/listen-ports: '[{"HTTPS": 443}]'`)}---\n${ingressWith(RULES, '', 'acme').replace('  namespace', '  labels: { acme.cert-manager.io/http01-solver: "true" }\n  namespace')}`,
    },
    expect: [],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: { manifests: ingressWith(`${RULES}\ntls: yes`) },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
