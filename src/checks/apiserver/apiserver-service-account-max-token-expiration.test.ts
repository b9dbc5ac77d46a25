import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverServiceAccountMaxTokenExpiration } from './apiserver-service-account-max-token-expiration.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverServiceAccountMaxTokenExpiration, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'no limit',
    kind: 'failing',
    given: apiserverWith(['--v=2']),
    expect: [{ result: 'fail', severity: 'low', path: 'service-account-max-token-expiration', fix: 'patch' }],
  },
  {
    name: 'a day',
    kind: 'passing',
    given: apiserverWith(['--service-account-max-token-expiration=24h']),
    expect: [],
  },
  {
    name: 'zero is no limit',
    kind: 'odd',
    given: apiserverWith(['--service-account-max-token-expiration=0s']),
    expect: [{ result: 'fail', line: 11, fix: 'patch' }],
  },
])
