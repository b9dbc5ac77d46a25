import { checkTests } from '../../../test/kit/check-tests.js'
import { ingressWith, ruleFor } from './example-ingress.js'
import { ingressEmptyHost } from './ingress-empty-host.js'

checkTests(ingressEmptyHost, [
  {
    name: 'one of two rules',
    kind: 'failing',
    given: { manifests: ingressWith(`rules:\n  - ${ruleFor('a.example')}\n  - ${ruleFor(undefined)}`) },
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
