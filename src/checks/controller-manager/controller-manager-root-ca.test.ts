import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { controllerManagerRootCa } from './controller-manager-root-ca.js'
import { controllerManagerWith } from './example-controller-manager.js'

checkTests(controllerManagerRootCa, [
  {
    name: 'not set',
    kind: 'failing',
    given: controllerManagerWith(['--v=2']),
    expect: [{ result: 'fail', path: 'root-ca-file', fix: 'advice', severity: 'medium' }],
  },
  {
    name: 'set',
    kind: 'passing',
    given: controllerManagerWith(['--root-ca-file=/etc/kubernetes/pki/ca.crt']),
    expect: [],
  },
  {
    name: 'empty',
    kind: 'odd',
    given: controllerManagerWith(['--root-ca-file=']),
    expect: [{ result: 'fail', path: 'root-ca-file', line: 11, fix: 'advice' }],
  },
  ...unseenRows('kube-controller-manager'),
])
