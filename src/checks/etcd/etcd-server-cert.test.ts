import { checkTests } from '../../../test/kit/check-tests.js'
import { ETCD_UNREAD, etcdWith } from './example-etcd.js'
import { etcdServerCert } from './etcd-server-cert.js'

checkTests(etcdServerCert, [
  {
    name: 'neither is set',
    kind: 'failing',
    given: etcdWith({ 'cert-file': undefined, 'key-file': undefined }),
    expect: [{ result: 'fail', severity: 'high', message: /is not set/, fix: 'advice', path: 'cert-file' }],
  },
  { name: 'as kubeadm sets it up', kind: 'passing', given: etcdWith(), expect: [] },
  {
    name: 'on loopback alone',
    kind: 'odd',
    given: etcdWith({ 'cert-file': undefined, 'listen-client-urls': 'http://127.0.0.1:2379' }),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'etcd makes its own',
    kind: 'odd',
    given: etcdWith({ 'cert-file': undefined, 'key-file': undefined, 'auto-tls': 'true' }),
    expect: [],
  },
  {
    name: 'its configuration file was not read',
    kind: 'unknown',
    given: ETCD_UNREAD,
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
