import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverBasicAuth } from './apiserver-basic-auth.js'
import { apiserverProcess, apiserverWith } from './example-apiserver.js'

checkTests(apiserverBasicAuth, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'given to a version that has it',
    kind: 'failing',
    given: apiserverWith(['--basic-auth-file=/etc/kubernetes/users.csv'], { version: 'v1.18.20' }),
    expect: [{ result: 'fail', severity: 'critical', path: 'basic-auth-file', line: 11, fix: 'advice' }],
  },
  { name: 'not given', kind: 'passing', given: apiserverWith([], { version: 'v1.18.20' }), expect: [] },
  {
    name: 'a version that does not start with it',
    kind: 'odd',
    given: apiserverWith(['--basic-auth-file=/etc/kubernetes/users.csv']),
    expect: [],
  },
  {
    name: 'a version that is not known',
    kind: 'odd',
    given: apiserverProcess(['--basic-auth-file', '/etc/users.csv']),
    expect: [{ result: 'fail', path: 'basic-auth-file' }],
  },
])
