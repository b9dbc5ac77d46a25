import { checkTests } from '../../../test/kit/check-tests.js'
import { ETCD_UNREAD, etcdWith } from './example-etcd.js'
import { etcdAutoTls } from './etcd-auto-tls.js'

checkTests(etcdAutoTls, [
  {
    name: 'switched on',
    kind: 'failing',
    given: etcdWith({ 'auto-tls': 'true', 'cert-file': undefined }),
    expect: [
      { result: 'fail', severity: 'medium', message: /makes its own/, fix: 'advice', path: 'auto-tls' },
    ],
  },
  { name: 'as kubeadm sets it up', kind: 'passing', given: etcdWith(), expect: [] },
  { name: 'ignored beside a certificate', kind: 'odd', given: etcdWith({ 'auto-tls': 'true' }), expect: [] },
  {
    name: 'its configuration file was not read',
    kind: 'unknown',
    given: ETCD_UNREAD,
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
