import { checkTests } from '../../../test/kit/check-tests.js'
import { ETCD_UNREAD, etcdWith } from './example-etcd.js'
import { etcdPeerCert } from './etcd-peer-cert.js'

checkTests(etcdPeerCert, [
  {
    name: 'neither is set',
    kind: 'failing',
    given: etcdWith({
      'peer-cert-file': undefined,
      'peer-key-file': undefined,
      'initial-cluster': 'a=https://10.0.0.1:2380,b=https://10.0.0.2:2380',
    }),
    expect: [
      { result: 'fail', severity: 'high', message: /is not set/, fix: 'advice', path: 'peer-cert-file' },
    ],
  },
  { name: 'as kubeadm sets it up', kind: 'passing', given: etcdWith(), expect: [] },
  {
    name: 'a single member',
    kind: 'odd',
    given: etcdWith({ 'peer-cert-file': undefined }),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'etcd makes its own',
    kind: 'odd',
    given: etcdWith({ 'peer-cert-file': undefined, 'peer-key-file': undefined, 'peer-auto-tls': 'true' }),
    expect: [],
  },
  {
    name: 'its configuration file was not read',
    kind: 'unknown',
    given: ETCD_UNREAD,
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
