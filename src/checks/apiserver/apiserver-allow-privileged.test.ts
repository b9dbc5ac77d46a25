import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAllowPrivileged } from './apiserver-allow-privileged.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverAllowPrivileged, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'on',
    kind: 'failing',
    given: apiserverWith(['--allow-privileged']),
    expect: [{ result: 'fail', severity: 'info', path: 'allow-privileged', line: 11, fix: 'advice' }],
  },
  { name: 'off', kind: 'passing', given: apiserverWith(['--allow-privileged=false']), expect: [] },
  { name: 'the default is off', kind: 'odd', given: apiserverWith(['--v=2']), expect: [] },
])
