import { checkTests } from '../../../test/kit/check-tests.js'
import { ingressWith, ruleFor } from './example-ingress.js'
import { ingressDuplicateHostPath } from './ingress-duplicate-host-path.js'

const A = ingressWith(`rules: [${ruleFor('a.example', '/pay')}]`)
const of = (...texts: string[]) => ({ manifests: texts.join('---\n') })

checkTests(ingressDuplicateHostPath, [
  {
    name: 'another namespace',
    kind: 'failing',
    given: of(A, ingressWith(`rules: [${ruleFor('A.example', '/pay')}]`, '', 'mine', 'other')),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: 'a.example /pay',
        fix: 'advice',
        message: /other\/mine too/,
      },
      { result: 'fail', severity: 'medium', message: /shop\/web too/ },
    ],
  },
  {
    name: 'the same namespace',
    kind: 'odd',
    given: of(A, ingressWith(`rules: [${ruleFor('a.example', '/pay')}]`, '', 'b')),
    expect: [
      { result: 'fail', severity: 'low' },
      { result: 'fail', severity: 'low' },
    ],
  },
  {
    name: 'a canary, another class, another path',
    kind: 'passing',
    given: of(
      A,
      ingressWith(
        `rules: [${ruleFor('a.example', '/pay')}]`,
        'nginx.ingress.kubernetes.io/canary: "true"',
        'canary',
      ),
      ingressWith(`ingressClassName: internal\nrules: [${ruleFor('a.example', '/pay')}]`, '', 'b', 'other'),
      ingressWith(`rules: [${ruleFor('a.example', '/payments')}]`, '', 'c', 'other'),
    ),
    expect: [],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: of(ingressWith('rules: {}')),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
