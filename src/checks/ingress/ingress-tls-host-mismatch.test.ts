import { checkTests } from '../../../test/kit/check-tests.js'
import { ingressWith, ruleFor } from './example-ingress.js'
import { ingressTlsHostMismatch } from './ingress-tls-host-mismatch.js'

const of = (hosts: string, host: string) => ({
  manifests: ingressWith(`tls: [{ hosts: ${hosts} }]\nrules: [${ruleFor(host)}]`),
})

checkTests(ingressTlsHostMismatch, [
  {
    name: 'another name',
    kind: 'failing',
    given: of('[shop.example]', 'www.shop.example'),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        line: 8,
        fix: 'advice',
        message: /www\.shop\.example has no certificate/,
      },
    ],
  },
  {
    name: 'a wildcard stands for one label',
    kind: 'odd',
    given: of('["*.shop.example"]', 'a.b.shop.example'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'in other capitals, and by a wildcard',
    kind: 'passing',
    given: of('[X.example, "*.Shop.example"]', 'www.shop.example'),
    expect: [],
  },
  { name: 'an entry without hosts', kind: 'odd', given: of('[]', 'a.example'), expect: [] },
  {
    name: 'no list',
    kind: 'unknown',
    given: { manifests: ingressWith('tls: {}') },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
