import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAdmissionServiceAccount } from './apiserver-admission-service-account.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverAdmissionServiceAccount, [
  {
    name: 'switched off',
    kind: 'failing',
    given: apiserverWith(['--disable-admission-plugins=ServiceAccount']),
    expect: [{ result: 'fail', severity: 'high', path: 'ServiceAccount', line: 11, fix: 'patch' }],
  },
  { name: 'on by default', kind: 'passing', given: apiserverWith(['--v=2']), expect: [] },
  {
    name: 'switched off beside another one',
    kind: 'odd',
    given: apiserverWith(['--disable-admission-plugins=DefaultIngressClass,ServiceAccount']),
    expect: [
      {
        result: 'fail',
        path: 'ServiceAccount',
        message: 'the plug-in that binds pods to service accounts is off',
        fix: 'patch',
      },
    ],
  },
  {
    name: 'the whole set is replaced',
    kind: 'odd',
    given: apiserverWith(['--admission-control=LimitRanger']),
    expect: [{ result: 'fail', path: 'ServiceAccount', line: 11 }],
  },
  ...unseenRows('kube-apiserver'),
])
