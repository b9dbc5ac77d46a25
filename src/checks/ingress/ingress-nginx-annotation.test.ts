import { checkTests } from '../../../test/kit/check-tests.js'
import { controllerWith, ingressWith, NGINX, ruleFor } from './example-ingress.js'
import { ingressNginxAnnotation } from './ingress-nginx-annotation.js'

const RULES = `rules: [${ruleFor('a.example')}]`
const of = (annotations: string, rules = RULES) => ({ manifests: ingressWith(rules, annotations) })
const P = 'nginx.ingress.kubernetes.io'

checkTests(ingressNginxAnnotation, [
  {
    name: 'a snippet',
    kind: 'failing',
    given: of(`${P}/server-snippet: "return 200"`),
    expect: [{ result: 'fail', severity: 'high', path: `${P}/server-snippet`, line: 7, fix: 'advice' }],
  },
  {
    name: 'one that was abused before',
    kind: 'failing',
    given: of(`${P}/auth-url: https://auth.example/check`),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'a value that leaves its place',
    kind: 'failing',
    given: of(`${P}/auth-url: "https://x/#;}\\n"`),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'a path that leaves its place',
    kind: 'failing',
    given: of(`${P}/use-regex: "true"`, `rules: [${ruleFor('a.example', '/x;{')}]`),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'plain settings',
    kind: 'passing',
    given: of(`${P}/rewrite-target: /$2\n${P}/proxy-body-size: 8m`),
    expect: [],
  },
  {
    name: 'the prefix of the controller was changed; annotations of others are not meant',
    kind: 'odd',
    given: {
      manifests: [
        controllerWith(NGINX, ['--annotations-prefix=edge.example.com']),
        ingressWith(RULES, 'edge.example.com/server-snippet: x'),
        ingressWith(RULES, 'other.example.com/server-snippet: x', 'other'),
      ].join('---\n'),
    },
    expect: [{ result: 'fail', severity: 'high', path: 'edge.example.com/server-snippet' }],
  },
  {
    name: 'no mapping',
    kind: 'unknown',
    given: { manifests: ingressWith(RULES).replace('  name: web', '  annotations: [x]\n  name: web') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
