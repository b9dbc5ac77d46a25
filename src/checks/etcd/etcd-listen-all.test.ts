import { checkTests } from '../../../test/kit/check-tests.js'
import { ETCD_UNREAD, etcdWith } from './example-etcd.js'
import { etcdListenAll } from './etcd-listen-all.js'

checkTests(etcdListenAll, [
  {
    name: 'IPv4',
    kind: 'failing',
    given: etcdWith({ 'listen-client-urls': 'https://0.0.0.0:2379' }),
    expect: [
      {
        result: 'fail',
        severity: 'low',
        message: /has https:..0.0.0.0:2379/,
        fix: 'advice',
        path: 'listen-client-urls',
      },
    ],
  },
  {
    name: 'IPv6, for peers',
    kind: 'failing',
    given: etcdWith({ 'listen-peer-urls': 'https://[::]:2380' }),
    expect: [{ result: 'fail', severity: 'low', message: /listen-peer-urls/ }],
  },
  { name: 'as kubeadm sets it up', kind: 'passing', given: etcdWith(), expect: [] },
  {
    name: 'a socket',
    kind: 'odd',
    given: etcdWith({ 'listen-client-urls': 'unixs://localhost:2379' }),
    expect: [],
  },
  {
    name: 'its configuration file was not read',
    kind: 'unknown',
    given: ETCD_UNREAD,
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
