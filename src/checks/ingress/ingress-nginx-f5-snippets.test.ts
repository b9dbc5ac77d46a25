import { checkTests } from '../../../test/kit/check-tests.js'
import { ingressWith, ruleFor } from './example-ingress.js'
import { ingressNginxF5Snippets } from './ingress-nginx-f5-snippets.js'

const RULES = `rules: [${ruleFor('a.example')}]`

checkTests(ingressNginxF5Snippets, [
  {
    name: 'server snippets',
    kind: 'failing',
    given: { manifests: ingressWith(RULES, 'nginx.org/server-snippets: x') },
    expect: [{ result: 'fail', severity: 'high', path: 'nginx.org/server-snippets', fix: 'advice' }],
  },
  {
    name: 'two of them',
    kind: 'odd',
    given: { manifests: ingressWith(RULES, 'nginx.org/location-snippets: x\nnginx.com/server-snippets: y') },
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'other annotations',
    kind: 'passing',
    given: { manifests: ingressWith(RULES, 'nginx.org/rewrites: x') },
    expect: [],
  },
  {
    name: 'no mapping',
    kind: 'unknown',
    given: { manifests: ingressWith(RULES).replace('  name: web', '  annotations: [x]\n  name: web') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
