import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverBootstrapTokens } from './apiserver-bootstrap-tokens.js'
import { apiserverWith } from './example-apiserver.js'

const base64 = (text: string): string => Buffer.from(text).toString('base64')
function token(data: Record<string, string>, created = '2020-01-01T00:00:00Z', more = '') {
  const lines = Object.entries(data).map(([key, value]) => `  ${key}: ${base64(value)}\n`)
  return apiserverWith(['--enable-bootstrap-token-auth=true'], {
    complete: true,
    manifests: `apiVersion: v1
kind: Secret
type: bootstrap.kubernetes.io/token
metadata: {name: bootstrap-token-abcdef, namespace: kube-system, creationTimestamp: '${created}'}
${lines.length === 0 ? '' : `data:\n${lines.join('')}`}${more}`,
  })
}
const USED = { 'usage-bootstrap-authentication': 'true', 'token-secret': '0123456789abcdef' }

checkTests(apiserverBootstrapTokens, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'a token without an end',
    kind: 'failing',
    given: token(USED),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        message: 'Secret bootstrap-token-abcdef is a token that never ends',
        path: 'bootstrap-token-abcdef',
        fix: 'advice',
      },
    ],
  },
  {
    name: 'an old token that is still good',
    kind: 'failing',
    given: token({ ...USED, expiration: '2999-01-01T00:00:00Z' }),
    expect: [{ result: 'fail', message: /older than a day/ }],
  },
  {
    name: 'an old token that has ended',
    kind: 'passing',
    given: token({ ...USED, expiration: '2020-01-02T00:00:00Z' }),
    expect: [],
  },
  {
    name: 'switched off',
    kind: 'passing',
    given: apiserverWith(['--v=2']),
    expect: [],
  },
  {
    name: 'a token for signing alone',
    kind: 'odd',
    given: token({ 'usage-bootstrap-signing': 'true' }),
    expect: [],
  },
  {
    name: 'Secrets were not read',
    kind: 'unknown',
    given: apiserverWith(['--enable-bootstrap-token-auth']),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'only the name of the Secret was given',
    kind: 'unknown',
    given: token({}),
    expect: [{ result: 'unknown', reason: 'not-given' }],
  },
  {
    name: 'an expiration that is none',
    kind: 'unknown',
    given: token({ ...USED, expiration: 'tomorrow' }),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
