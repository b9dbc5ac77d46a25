import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAuthorizationAlwaysAllow } from './apiserver-authorization-always-allow.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverAuthorizationAlwaysAllow, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'no mode',
    kind: 'failing',
    given: apiserverWith(['--v=2']),
    expect: [{ result: 'fail', severity: 'critical', path: 'authorization-mode', fix: 'advice' }],
  },
  {
    name: 'at the end of the chain',
    kind: 'failing',
    given: apiserverWith(['--authorization-mode=Node,RBAC,AlwaysAllow']),
    expect: [{ result: 'fail', message: /among the authorizers \(Node, RBAC, AlwaysAllow\)/, line: 11 }],
  },
  { name: 'RBAC', kind: 'passing', given: apiserverWith(['--authorization-mode=RBAC']), expect: [] },
  {
    name: 'a configuration file without it',
    kind: 'odd',
    given: apiserverWith(['--authorization-config=/etc/kubernetes/authz.yaml'], {
      files: {
        '/etc/kubernetes/authz.yaml':
          'apiVersion: apiserver.config.k8s.io/v1\nkind: AuthorizationConfiguration\nauthorizers: [{type: RBAC, name: rbac}]\n',
      },
    }),
    expect: [],
  },
  {
    name: 'a configuration file that was not read',
    kind: 'unknown',
    given: apiserverWith(['--authorization-config=/etc/kubernetes/authz.yaml']),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
