import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentWith } from './example-workload.js'
import { saTokenProjectedLong } from './sa-token-projected-long.js'

const token = (expirationSeconds: unknown, more: object = {}): { manifests: string } => ({
  manifests: deploymentWith({
    volumes: [
      { name: 'plain', emptyDir: {} },
      {
        name: 'token',
        projected: {
          sources: [
            { configMap: { name: 'ca' } },
            { serviceAccountToken: { path: 'token', expirationSeconds, ...more } },
          ],
        },
      },
    ],
  }),
})

checkTests(saTokenProjectedLong, [
  {
    name: 'a year',
    kind: 'failing',
    given: token(31_536_000, { audience: 'vault' }),
    expect: [
      {
        result: 'fail',
        severity: 'low',
        message: 'volume `token`: its token for vault lives 365 days',
        fix: 'advice',
      },
    ],
  },
  {
    name: 'a second more than a day, for the API server',
    kind: 'failing',
    given: token(86_401),
    expect: [{ result: 'fail', message: /the API server lives 24 hours/ }],
  },
  { name: 'a day', kind: 'odd', given: token(86_400), expect: [] },
  { name: 'what every pod is given', kind: 'passing', given: token(3607), expect: [] },
  { name: 'nothing is asked for: an hour', kind: 'passing', given: token(undefined), expect: [] },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: token('long'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
