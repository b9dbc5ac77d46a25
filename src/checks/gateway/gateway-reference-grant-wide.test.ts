import { checkTests } from '../../../test/kit/check-tests.js'
import { gatewayReferenceGrantWide } from './gateway-reference-grant-wide.js'

const grant = (to: string) => ({
  manifests: `apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: certificates, namespace: tls }
spec:
  from: [{ group: gateway.networking.k8s.io, kind: Gateway, namespace: edge }]
  to: ${to}
`,
})

checkTests(gatewayReferenceGrantWide, [
  {
    name: 'all Secrets',
    kind: 'failing',
    given: grant('[{ group: "", kind: Secret }]'),
    expect: [
      { result: 'fail', severity: 'medium', path: 'Secret', line: 6, fix: 'advice', message: /from edge$/ },
    ],
  },
  {
    name: 'an empty name',
    kind: 'odd',
    given: grant('[{ kind: Secret, name: "" }]'),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'one Secret, all Services',
    kind: 'passing',
    given: grant('[{ kind: Secret, name: a }, { kind: Service }]'),
    expect: [],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: grant('Secret'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
