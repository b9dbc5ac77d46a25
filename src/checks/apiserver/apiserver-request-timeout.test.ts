import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverRequestTimeout } from './apiserver-request-timeout.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverRequestTimeout, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'an hour',
    kind: 'failing',
    given: apiserverWith(['--request-timeout=1h']),
    expect: [
      { result: 'fail', severity: 'low', message: 'requests may take 3600 s', line: 11, fix: 'patch' },
    ],
  },
  {
    name: 'none',
    kind: 'failing',
    given: apiserverWith(['--request-timeout=0']),
    expect: [{ result: 'fail', path: 'request-timeout' }],
  },
  { name: 'the default', kind: 'passing', given: apiserverWith(['--v=2']), expect: [] },
  { name: 'exactly five minutes', kind: 'odd', given: apiserverWith(['--request-timeout=5m0s']), expect: [] },
])
