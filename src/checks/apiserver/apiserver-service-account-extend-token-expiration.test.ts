import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverServiceAccountExtendTokenExpiration } from './apiserver-service-account-extend-token-expiration.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverServiceAccountExtendTokenExpiration, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'the default',
    kind: 'failing',
    given: apiserverWith(['--v=2']),
    expect: [
      { result: 'fail', severity: 'low', path: 'service-account-extend-token-expiration', fix: 'advice' },
    ],
  },
  {
    name: 'off',
    kind: 'passing',
    given: apiserverWith(['--service-account-extend-token-expiration=false']),
    expect: [],
  },
  {
    name: 'on, then off',
    kind: 'odd',
    given: apiserverWith([
      '--service-account-extend-token-expiration',
      '--service-account-extend-token-expiration=0',
    ]),
    expect: [],
  },
])
