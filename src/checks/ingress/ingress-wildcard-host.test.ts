import { checkTests } from '../../../test/kit/check-tests.js'
import { ingressWith, ruleFor } from './example-ingress.js'
import { ingressWildcardHost } from './ingress-wildcard-host.js'

checkTests(ingressWildcardHost, [
  {
    name: 'one of two rules',
    kind: 'failing',
    given: { manifests: ingressWith(`rules:\n  - ${ruleFor('a.example')}\n  - ${ruleFor('*.B.example')}`) },
    expect: [{ result: 'fail', severity: 'low', line: 9, fix: 'advice' }],
  },
  {
    name: 'hosts',
    kind: 'passing',
    given: { manifests: ingressWith(`rules: [${ruleFor('a.example')}]`) },
    expect: [],
  },
  {
    name: 'no rules at all',
    kind: 'odd',
    given: { manifests: ingressWith('ingressClassName: x') },
    expect: [],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: { manifests: ingressWith('rules: {}') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
