import { checkTests } from '../../../test/kit/check-tests.js'
import { etcdOnHost, etcdWith } from './example-etcd.js'
import { etcdDataDir } from './etcd-data-dir.js'

checkTests(etcdDataDir, [
  {
    name: 'everyone may open it',
    kind: 'failing',
    given: etcdOnHost({ '/var/lib/etcd/': { text: '', mode: 0o755 } }),
    expect: [
      { result: 'fail', severity: 'high', message: /0755 root:root/, fix: 'commands', path: '/var/lib/etcd' },
    ],
  },
  {
    name: 'a user owns it',
    kind: 'failing',
    given: etcdOnHost({ '/var/lib/etcd/': { text: '', mode: 0o700, uid: 1000 } }),
    expect: [{ result: 'fail', severity: 'medium', message: /neither root nor the user etcd/ }],
  },
  {
    name: 'root alone, as in containers',
    kind: 'passing',
    given: etcdOnHost({ '/var/lib/etcd/': { text: '', mode: 0o700 } }),
    expect: [],
  },
  {
    name: 'the user etcd',
    kind: 'odd',
    given: etcdOnHost({
      '/etc/passwd': 'etcd:x:997:997::/:/sbin/nologin',
      '/var/lib/etcd/': { text: '', mode: 0o700, uid: 997, gid: 997 },
    }),
    expect: [],
  },
  {
    name: 'the folder was not seen',
    kind: 'unknown',
    given: etcdWith(),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
