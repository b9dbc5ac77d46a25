import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverClientCa } from './apiserver-client-ca.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverClientCa, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'not given',
    kind: 'failing',
    given: apiserverWith(['--v=2']),
    expect: [{ result: 'fail', severity: 'high', path: 'client-ca-file', fix: 'advice' }],
  },
  { name: 'given', kind: 'passing', given: apiserverWith(['--client-ca-file=/ca.crt']), expect: [] },
  {
    name: 'given empty',
    kind: 'odd',
    given: apiserverWith(['--client-ca-file=']),
    expect: [{ result: 'fail', line: 11 }],
  },
])
