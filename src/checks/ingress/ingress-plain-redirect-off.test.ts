import { checkTests } from '../../../test/kit/check-tests.js'
import { ingressWith } from './example-ingress.js'
import { ingressPlainRedirectOff } from './ingress-plain-redirect-off.js'

const P = 'nginx.ingress.kubernetes.io'
const of = (annotations: string, spec = 'tls: [{ hosts: [a.example] }]') => ({
  manifests: ingressWith(spec, annotations),
})

checkTests(ingressPlainRedirectOff, [
  {
    name: 'switched off',
    kind: 'failing',
    given: of(`${P}/ssl-redirect: "false"\n${P}/proxy-body-size: 1m`),
    expect: [{ result: 'fail', severity: 'low', path: `${P}/ssl-redirect`, line: 7, fix: 'patch' }],
  },
  { name: 'not set', kind: 'passing', given: of(`${P}/proxy-body-size: 1m`), expect: [] },
  {
    name: 'forced all the same, and an Ingress without TLS',
    kind: 'odd',
    given: of(`${P}/ssl-redirect: "false"\n${P}/force-ssl-redirect: "true"`),
    expect: [],
  },
  {
    name: 'without TLS another check speaks',
    kind: 'odd',
    given: of(`${P}/ssl-redirect: "false"`, 'ingressClassName: nginx'),
    expect: [],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: of(`${P}/ssl-redirect: "false"`, 'tls: x'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
