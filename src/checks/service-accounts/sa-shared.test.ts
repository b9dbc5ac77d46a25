import { checkTests } from '../../../test/kit/check-tests.js'
import { accountNamed, deploymentWith, editFor } from './example-workload.js'
import { saShared } from './sa-shared.js'

const workload = (name: string, account: unknown): string =>
  deploymentWith({ serviceAccountName: account }).replace('name: web', `name: ${name}`)
const pod = (name: string, owner: string): string => `---
${JSON.stringify({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    name,
    namespace: 'shop',
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: owner, controller: true, uid: 'u' }],
  },
  spec: { serviceAccountName: 'ops', containers: [{ name: 'c', image: 'i' }] },
})}
`
const rights = (role: string): string => `---
${accountNamed('shop', 'ops')}---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: ops }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: ${role} }
subjects: [{ kind: ServiceAccount, name: ops, namespace: shop }]
`
const two = `${workload('web', 'ops')}---\n${workload('jobs', 'ops')}`

checkTests(saShared, [
  {
    name: 'two workloads under cluster-admin',
    kind: 'failing',
    given: { manifests: `${two}${rights('cluster-admin')}` },
    expect: [
      {
        result: 'fail',
        severity: 'low',
        path: 'Deployment jobs',
        message: /Deployment jobs, Deployment web/,
      },
    ],
  },
  {
    name: 'an account that may read what everybody may read',
    kind: 'passing',
    given: { manifests: `${two}${rights('system:basic-user')}` },
    expect: [],
  },
  {
    name: 'one workload and its pods',
    kind: 'odd',
    given: {
      manifests: `${workload('web', 'ops')}${pod('a', 'web')}${pod('b', 'web')}${rights('cluster-admin')}`,
    },
    expect: [],
  },
  {
    name: 'pods whose controller was not read are one workload',
    kind: 'odd',
    given: { manifests: `${pod('a', 'web')}${pod('b', 'web')}${rights('cluster-admin')}` },
    expect: [],
  },
  {
    name: 'the default account is told elsewhere',
    kind: 'odd',
    given: {
      manifests: `${workload('a', 'default')}---\n${workload('b', 'default')}---\n${editFor('shop', 'default')}---\n${accountNamed('shop', 'default')}`,
    },
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: `${workload('a', 7)}---\n${workload('b', ['ops'])}${rights('cluster-admin')}` },
    expect: [],
  },
])
