import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverAnonymousAuth } from './apiserver-anonymous-auth.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverAnonymousAuth, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'on by default',
    kind: 'failing',
    given: apiserverWith(['--authorization-mode=Node,RBAC']),
    expect: [{ result: 'fail', severity: 'medium', path: 'anonymous-auth', fix: 'patch' }],
  },
  {
    name: 'on, and a binding opens more',
    kind: 'failing',
    given: apiserverWith(['--authorization-mode=Node,RBAC'], {
      manifests: `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: open}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: 'system:anonymous'}]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: view}
rules: [{apiGroups: [''], resources: [pods], verbs: [list]}]
`,
    }),
    expect: [{ result: 'fail', severity: 'high', message: /ClusterRoleBinding open gives them more/ }],
  },
  {
    name: 'off',
    kind: 'passing',
    given: apiserverWith(['--authorization-mode=Node,RBAC', '--anonymous-auth=false']),
    expect: [],
  },
  {
    name: 'AlwaysAllow switches it off',
    kind: 'odd',
    given: apiserverWith(['--anonymous-auth=true']),
    expect: [],
  },
  {
    name: 'limited to more than probes',
    kind: 'odd',
    given: apiserverWith(
      ['--authorization-mode=RBAC', '--authentication-config=/etc/kubernetes/authn.yaml'],
      {
        files: {
          '/etc/kubernetes/authn.yaml': `apiVersion: apiserver.config.k8s.io/v1
kind: AuthenticationConfiguration
anonymous:
  enabled: true
  conditions: [{path: /livez}, {path: /metrics}]
`,
        },
      },
    ),
    expect: [
      { result: 'fail', severity: 'medium', message: 'requests without a credential are served at /metrics' },
    ],
  },
  {
    name: 'the file was not read',
    kind: 'unknown',
    given: apiserverWith(['--authorization-mode=RBAC', '--authentication-config=/etc/kubernetes/authn.yaml']),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
