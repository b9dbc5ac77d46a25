import { checkTests } from '../../../test/kit/check-tests.js'
import { ETCD_UNREAD, etcdWith } from './example-etcd.js'
import { etcdPeerClientCertAuth } from './etcd-peer-client-cert-auth.js'

checkTests(etcdPeerClientCertAuth, [
  {
    name: 'neither of the two flags',
    kind: 'failing',
    given: etcdWith({
      'peer-client-cert-auth': undefined,
      'peer-trusted-ca-file': undefined,
      'initial-cluster': 'a=https://10.0.0.1:2380,b=https://10.0.0.2:2380',
    }),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        message: /asked of peers/,
        fix: 'advice',
        path: 'peer-client-cert-auth',
      },
    ],
  },
  { name: 'as kubeadm sets it up', kind: 'passing', given: etcdWith(), expect: [] },
  {
    name: 'the CA alone makes certificates required',
    kind: 'odd',
    given: etcdWith({ 'peer-client-cert-auth': 'false' }),
    expect: [],
  },
  {
    name: 'a single member',
    kind: 'odd',
    given: etcdWith({ 'peer-client-cert-auth': undefined, 'peer-trusted-ca-file': undefined }),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'a member that joined others',
    kind: 'odd',
    given: etcdWith({
      'peer-client-cert-auth': undefined,
      'peer-trusted-ca-file': undefined,
      'initial-cluster-state': 'existing',
    }),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'its configuration file was not read',
    kind: 'unknown',
    given: ETCD_UNREAD,
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
