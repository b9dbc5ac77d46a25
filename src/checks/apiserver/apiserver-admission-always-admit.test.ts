import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAdmissionAlwaysAdmit } from './apiserver-admission-always-admit.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverAdmissionAlwaysAdmit, [
  {
    name: 'alone',
    kind: 'failing',
    given: apiserverWith(['--admission-control=AlwaysAdmit']),
    expect: [{ result: 'fail', severity: 'high', path: 'AlwaysAdmit', line: 11, fix: 'patch' }],
  },
  {
    name: 'beside others, which still refuse',
    kind: 'failing',
    given: apiserverWith(['--enable-admission-plugins=NodeRestriction,AlwaysAdmit']),
    expect: [{ result: 'fail', severity: 'medium', path: 'AlwaysAdmit', line: 11, fix: 'patch' }],
  },
  {
    name: 'the only one that is named',
    kind: 'odd',
    given: apiserverWith(['--enable-admission-plugins=AlwaysAdmit']),
    expect: [{ result: 'fail', severity: 'medium', fix: 'patch' }],
  },
  { name: 'off by default', kind: 'passing', given: apiserverWith(['--v=2']), expect: [] },
  ...unseenRows('kube-apiserver'),
])
