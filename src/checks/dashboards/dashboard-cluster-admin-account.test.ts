import { checkTests } from '../../../test/kit/check-tests.js'
import { dashboardClusterAdminAccount } from './dashboard-cluster-admin-account.js'
import { consoleWith, DASHBOARD as image } from './example-console.js'

const binding = (
  role: string,
  kind = 'ClusterRoleBinding',
): string => `apiVersion: rbac.authorization.k8s.io/v1
kind: ${kind}
metadata: { name: console-rights${kind === 'RoleBinding' ? ', namespace: tools' : ''} }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${role} }
subjects:
  - { kind: ServiceAccount, name: console, namespace: tools }
`

checkTests(dashboardClusterAdminAccount, [
  {
    name: 'inside of the cluster',
    kind: 'failing',
    given: { manifests: `${consoleWith({ image })}---\n${binding('cluster-admin')}` },
    expect: [
      {
        result: 'fail',
        severity: 'high',
        path: 'ClusterRoleBinding console-rights',
        line: 33,
        fix: 'advice',
      },
    ],
  },
  {
    name: 'and reached from outside',
    kind: 'failing',
    given: { manifests: `${consoleWith({ image }, 'LoadBalancer')}---\n${binding('cluster-admin')}` },
    expect: [{ result: 'fail', severity: 'critical', message: /reached through Service tools\/console/ }],
  },
  {
    name: 'a role of another name that gives everything',
    kind: 'odd',
    given: {
      manifests: `${consoleWith({ image })}---
${binding('all')}---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: { name: all }
rules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }]
`,
    },
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'cluster-admin inside its own namespace',
    kind: 'odd',
    given: {
      complete: true,
      manifests: `${consoleWith({ image })}---\n${binding('cluster-admin', 'RoleBinding')}`,
    },
    expect: [],
  },
  {
    name: 'a reader in a whole cluster',
    kind: 'passing',
    given: {
      complete: true,
      manifests: `${consoleWith({ image }, 'NodePort')}---\n${binding('view')}`,
    },
    expect: [],
  },
  {
    name: 'the role was not read',
    kind: 'unknown',
    given: { manifests: `${consoleWith({ image })}---\n${binding('made-elsewhere')}` },
    expect: [{ result: 'unknown', reason: 'no-source', message: /made-elsewhere was not read/ }],
  },
  {
    name: 'only manifests',
    kind: 'unknown',
    given: { manifests: consoleWith({ image }) },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
