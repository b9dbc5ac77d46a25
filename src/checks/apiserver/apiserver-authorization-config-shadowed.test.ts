import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAuthorizationConfigShadowed } from './apiserver-authorization-config-shadowed.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverAuthorizationConfigShadowed, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'the mode',
    kind: 'failing',
    given: apiserverWith(['--authorization-mode=RBAC', '--authorization-config=/etc/kubernetes/a.yaml']),
    expect: [{ result: 'fail', severity: 'high', path: 'authorization-mode', line: 11, fix: 'advice' }],
  },
  {
    name: 'the file alone',
    kind: 'passing',
    given: apiserverWith(['--authorization-config=/a.yaml']),
    expect: [],
  },
  { name: 'flags alone', kind: 'passing', given: apiserverWith(['--authorization-mode=RBAC']), expect: [] },
  {
    name: 'a flag of webhooks',
    kind: 'odd',
    given: apiserverWith(['--authorization-config=/a.yaml', '--authorization-webhook-version=v1']),
    expect: [{ result: 'fail', path: 'authorization-webhook-version' }],
  },
])
