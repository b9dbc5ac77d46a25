import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverSecurePort0 } from './apiserver-secure-port-0.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverSecurePort0, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'off',
    kind: 'failing',
    given: apiserverWith(['--secure-port=0']),
    expect: [{ result: 'fail', severity: 'medium', path: 'secure-port', line: 11, fix: 'patch' }],
  },
  { name: 'a port', kind: 'passing', given: apiserverWith(['--secure-port=443']), expect: [] },
  { name: 'the default', kind: 'odd', given: apiserverWith(['--v=2']), expect: [] },
])
