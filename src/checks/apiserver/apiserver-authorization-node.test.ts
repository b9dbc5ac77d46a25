import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAuthorizationNode } from './apiserver-authorization-node.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverAuthorizationNode, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'RBAC alone',
    kind: 'failing',
    given: apiserverWith(['--authorization-mode=RBAC']),
    expect: [{ result: 'fail', severity: 'medium', path: 'authorization-mode', line: 11, fix: 'patch' }],
  },
  {
    name: 'Node and RBAC',
    kind: 'passing',
    given: apiserverWith(['--authorization-mode=Node,RBAC']),
    expect: [],
  },
  { name: 'AlwaysAllow is said elsewhere', kind: 'odd', given: apiserverWith(['--v=2']), expect: [] },
])
