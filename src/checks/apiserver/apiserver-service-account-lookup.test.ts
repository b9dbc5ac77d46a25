import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverServiceAccountLookup } from './apiserver-service-account-lookup.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverServiceAccountLookup, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'off',
    kind: 'failing',
    given: apiserverWith(['--service-account-lookup=false']),
    expect: [{ result: 'fail', severity: 'medium', path: 'service-account-lookup', line: 11, fix: 'patch' }],
  },
  { name: 'the default is on', kind: 'passing', given: apiserverWith(['--v=2']), expect: [] },
  {
    name: 'another word for false',
    kind: 'odd',
    given: apiserverWith(['--service-account-lookup=F']),
    expect: [{ result: 'fail', fix: 'patch' }],
  },
])
