import { checkTests } from '../../../test/kit/check-tests.js'
import {
  ADMIN_CLIENT,
  CLUSTER_CA,
  KUBELETS_CA,
  NARROW_CLIENT,
  SERVER_CLIENT,
} from './example-certificates.js'
import { BINDING, hostWith } from './example-kubelet-client.js'
import { kubeletWith } from './example-kubelet.js'
import { kubeletApiserverClient } from './kubelet-apiserver-client.js'

const KUBELET = { users: CLUSTER_CA, kubelet: KUBELETS_CA, client: NARROW_CLIENT }
const NO_RIGHT = BINDING.replace('system:kubelet-api-admin', 'view')
const ROLE = `---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: system:kubelet-api-admin}
rules:
- {apiGroups: [""], resources: [nodes/proxy, nodes/metrics, nodes/log, nodes/stats], verbs: ["*"]}
`
const ADMINS = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: {name: kubeadm:cluster-admins}
roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: cluster-admin}
subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: "kubeadm:cluster-admins"}]
`

checkTests(kubeletApiserverClient, [
  {
    name: 'the certificate is of another CA',
    kind: 'failing',
    given: hostWith({ ...KUBELET, client: ADMIN_CLIENT }, ADMINS),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: '--kubelet-client-certificate',
        message: /does not accept the certificate of the API server on cp-1/,
        fix: 'advice',
      },
    ],
  },
  {
    name: 'the certificate is for servers',
    kind: 'failing',
    given: hostWith({ ...KUBELET, client: SERVER_CLIENT }, BINDING),
    expect: [{ result: 'fail', message: /does not accept/ }],
  },
  {
    name: 'its name has no rights',
    kind: 'failing',
    given: hostWith(KUBELET, NO_RIGHT + ROLE),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: 'rights',
        message: /has no right to logs, exec, attach and port-forward, metrics, statistics, logs of the node/,
        fix: 'commands',
      },
    ],
  },
  {
    name: 'a CA of its own, and the rights',
    kind: 'passing',
    given: hostWith(KUBELET, BINDING + ROLE),
    expect: [],
  },
  {
    name: 'as kubeadm installs it: the CA of the whole cluster',
    kind: 'odd',
    given: hostWith({ users: CLUSTER_CA, kubelet: CLUSTER_CA, client: ADMIN_CLIENT }, ADMINS),
    expect: [
      {
        result: 'fail',
        severity: 'info',
        path: 'authentication.x509.clientCAFile',
        message: /of the whole cluster/,
      },
    ],
  },
  {
    name: 'no client CA is another fault',
    kind: 'odd',
    given: kubeletWith(''),
    expect: [{ result: 'notApplicable', message: 'the kubelet has no client CA' }],
  },
  {
    name: 'no API server was read',
    kind: 'unknown',
    given: kubeletWith('authentication: {x509: {clientCAFile: /etc/kubernetes/pki/ca.crt}}', '', {
      '/etc/kubernetes/pki/ca.crt': CLUSTER_CA,
    }),
    expect: [{ result: 'unknown', reason: 'no-source', message: 'no API server was read here' }],
  },
  {
    name: 'the CA was not read',
    kind: 'unknown',
    given: kubeletWith('authentication: {x509: {clientCAFile: /srv/ca.crt}}'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'no roles and bindings were read',
    kind: 'unknown',
    given: hostWith(KUBELET),
    expect: [{ result: 'unknown', reason: 'no-source', message: /not all roles and bindings/ }],
  },
  {
    name: 'a certificate that is none',
    kind: 'unknown',
    given: hostWith({ ...KUBELET, client: 'hello' }, BINDING),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
