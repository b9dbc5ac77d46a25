import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAdmissionNamespaceAutoProvision } from './apiserver-admission-namespace-auto-provision.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverAdmissionNamespaceAutoProvision, [
  {
    name: 'switched on',
    kind: 'failing',
    given: apiserverWith(['--enable-admission-plugins=NamespaceAutoProvision']),
    expect: [{ result: 'fail', severity: 'low', path: 'NamespaceAutoProvision', line: 11, fix: 'patch' }],
  },
  { name: 'off by default', kind: 'passing', given: apiserverWith(['--v=2']), expect: [] },
  {
    name: 'switched on beside another one',
    kind: 'odd',
    given: apiserverWith(['--enable-admission-plugins=NodeRestriction,NamespaceAutoProvision']),
    expect: [{ result: 'fail', path: 'NamespaceAutoProvision', fix: 'patch' }],
  },
  ...unseenRows('kube-apiserver'),
])
