import { checkTests } from '../../../test/kit/check-tests.js'
import { accountNamed, deploymentWith } from './example-workload.js'
import { saDaemonsetPowerful } from './sa-daemonset-powerful.js'

const daemonSet = (spec: object, namespace = 'shop'): string =>
  deploymentWith(spec, namespace).replace('kind: Deployment', 'kind: DaemonSet')
const rights = (rule: object, namespace = 'shop'): string => `---
${JSON.stringify({ apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', metadata: { name: 'agent' }, rules: [rule] })}
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: agent }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: agent }
subjects: [{ kind: ServiceAccount, name: agent, namespace: ${namespace} }]
`
const secrets = { verbs: ['get', 'list'], apiGroups: [''], resources: ['secrets'] }
const pods = { verbs: ['get', 'list'], apiGroups: [''], resources: ['pods', 'nodes'] }

checkTests(saDaemonsetPowerful, [
  {
    name: 'every node may read every Secret',
    kind: 'failing',
    given: { manifests: `${daemonSet({ serviceAccountName: 'agent' })}${rights(secrets)}` },
    expect: [{ result: 'fail', severity: 'high', path: 'serviceAccountName', fix: 'advice' }],
  },
  {
    name: 'kube-proxy with more than it has by itself',
    kind: 'odd',
    given: {
      manifests: `${daemonSet({ serviceAccountName: 'agent' }, 'kube-system')
        .replace('registry.example.com/web:1.2.3', 'registry.k8s.io/kube-proxy:v1.36.2')
        .replace(
          '"image"',
          '"command":["/usr/local/bin/kube-proxy"],"image"',
        )}${rights(secrets, 'kube-system')}`,
    },
    expect: [{ result: 'fail', severity: 'low', message: /read every Secret/ }],
  },
  {
    name: 'it reads pods and nodes',
    kind: 'passing',
    given: { manifests: `${daemonSet({ serviceAccountName: 'agent' })}${rights(pods)}` },
    expect: [],
  },
  {
    name: 'a Deployment runs where it is put',
    kind: 'odd',
    given: { manifests: `${deploymentWith({ serviceAccountName: 'agent' })}${rights(secrets)}` },
    expect: [],
  },
  {
    name: 'no token is mounted',
    kind: 'passing',
    given: {
      manifests: `${daemonSet({ serviceAccountName: 'agent' })}${rights(secrets)}---\n${accountNamed('shop', 'agent', { automountServiceAccountToken: false })}`,
    },
    expect: [],
  },
  {
    name: 'wrong types',
    kind: 'unknown',
    given: { manifests: `${daemonSet({ serviceAccountName: 7 })}${rights(secrets)}` },
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
