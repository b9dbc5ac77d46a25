import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAuthorizationAbac } from './apiserver-authorization-abac.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverAuthorizationAbac, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'used',
    kind: 'failing',
    given: apiserverWith(['--authorization-mode=RBAC,ABAC', '--authorization-policy-file=/a']),
    expect: [{ result: 'fail', severity: 'medium', path: 'authorization-mode', line: 11, fix: 'advice' }],
  },
  { name: 'not used', kind: 'passing', given: apiserverWith(['--authorization-mode=Node,RBAC']), expect: [] },
  {
    name: 'the flag is given twice: the modes add up',
    kind: 'odd',
    given: apiserverWith([
      '--authorization-mode=RBAC',
      '--authorization-mode=ABAC',
      '--authorization-policy-file=/a',
    ]),
    expect: [{ result: 'fail', path: 'authorization-mode' }],
  },
])
