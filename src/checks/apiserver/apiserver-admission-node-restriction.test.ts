import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAdmissionNodeRestriction } from './apiserver-admission-node-restriction.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverAdmissionNodeRestriction, [
  {
    name: 'not named: off by default',
    kind: 'failing',
    given: apiserverWith(['--v=2']),
    expect: [{ result: 'fail', severity: 'high', path: 'NodeRestriction', fix: 'patch' }],
  },
  {
    name: 'named',
    kind: 'passing',
    given: apiserverWith(['--enable-admission-plugins=LimitRanger,NodeRestriction']),
    expect: [],
  },
  {
    name: 'others are named',
    kind: 'odd',
    given: apiserverWith(['--enable-admission-plugins=LimitRanger']),
    expect: [
      {
        result: 'fail',
        path: 'NodeRestriction',
        message: 'nothing holds kubelets to their own Node and pods',
      },
    ],
  },
  {
    name: 'by the old flag',
    kind: 'odd',
    given: apiserverWith(['--admission-control=ServiceAccount,NodeRestriction']),
    expect: [],
  },
  ...unseenRows('kube-apiserver'),
])
