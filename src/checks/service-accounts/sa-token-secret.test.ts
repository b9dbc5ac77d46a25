import { checkTests } from '../../../test/kit/check-tests.js'
import { saTokenSecret } from './sa-token-secret.js'

const token = (
  labels: object,
  type: unknown = 'kubernetes.io/service-account-token',
): string => `apiVersion: v1
kind: Secret
metadata:
  name: deployer-token
  namespace: ci
  labels: ${JSON.stringify(labels)}
  annotations: { kubernetes.io/service-account.name: deployer }
type: ${JSON.stringify(type)}
data: { token: c2VjcmV0LXRva2Vu }
`

checkTests(saTokenSecret, [
  {
    name: 'a token that was used',
    kind: 'failing',
    given: { manifests: token({ 'kubernetes.io/legacy-token-last-used': '2026-10-01' }) },
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: 'type',
        line: 8,
        message: /deployer.*last used on 2026-10-01/,
        fix: 'advice',
      },
    ],
  },
  {
    name: 'a token that is already refused',
    kind: 'odd',
    given: { manifests: token({ 'kubernetes.io/legacy-token-invalid-since': '2026-09-01' }) },
    expect: [{ result: 'fail', severity: 'low', fix: 'commands' }],
  },
  {
    name: 'another Secret',
    kind: 'passing',
    given: { manifests: token({}, 'kubernetes.io/tls') },
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: token({}, ['kubernetes.io/service-account-token']) },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
