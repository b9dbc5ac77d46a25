import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAuthorizationRbac } from './apiserver-authorization-rbac.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverAuthorizationRbac, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'Node alone',
    kind: 'failing',
    given: apiserverWith(['--authorization-mode=Node']),
    expect: [{ result: 'fail', severity: 'high', path: 'authorization-mode', line: 11, fix: 'advice' }],
  },
  {
    name: 'Node and RBAC',
    kind: 'passing',
    given: apiserverWith(['--authorization-mode=Node,RBAC']),
    expect: [],
  },
  { name: 'AlwaysAllow is said elsewhere', kind: 'odd', given: apiserverWith(['--v=2']), expect: [] },
])
