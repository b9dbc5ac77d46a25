import { checkTests } from '../../../test/kit/check-tests.js'
import { ETCD_UNREAD, etcdWith } from './example-etcd.js'
import { etcdPeerAutoTls } from './etcd-peer-auto-tls.js'

checkTests(etcdPeerAutoTls, [
  {
    name: 'switched on',
    kind: 'failing',
    given: etcdWith({ 'peer-auto-tls': 'true', 'peer-cert-file': undefined }),
    expect: [
      { result: 'fail', severity: 'medium', message: /makes its own/, fix: 'advice', path: 'peer-auto-tls' },
    ],
  },
  { name: 'as kubeadm sets it up', kind: 'passing', given: etcdWith(), expect: [] },
  {
    name: 'ignored beside a certificate',
    kind: 'odd',
    given: etcdWith({ 'peer-auto-tls': 'true' }),
    expect: [],
  },
  {
    name: 'its configuration file was not read',
    kind: 'unknown',
    given: ETCD_UNREAD,
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
