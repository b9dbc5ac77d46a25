import { checkTests } from '../../../test/kit/check-tests.js'
import { copyWith, hostWith } from './example-files.js'
import { fileEtcdEnv } from './file-etcd-env.js'

checkTests(fileEtcdEnv, [
  {
    name: 'everyone may write it',
    kind: 'failing',
    given: hostWith({ '/etc/etcd.env': { text: 'ETCD_CLIENT_CERT_AUTH=true', mode: 0o666 } }),
    expect: [{ result: 'fail', severity: 'medium', path: '/etc/etcd.env', fix: 'commands' }],
  },
  {
    name: 'everyone may read a password in it',
    kind: 'failing',
    given: hostWith({ '/etc/etcd.env': { text: 'ETCDCTL_PASSWORD=abcdef-abcdef', mode: 0o644 } }),
    expect: [{ result: 'fail', severity: 'medium', path: '/etc/etcd.env', fix: 'commands' }],
  },
  {
    name: 'root alone',
    kind: 'passing',
    given: hostWith({ '/etc/etcd.env': { text: '', mode: 0o600 } }),
    expect: [],
  },
  {
    name: 'etcd owns it',
    kind: 'odd',
    given: hostWith({ '/etc/etcd.env': { text: '', mode: 0o600, uid: 997, gid: 997 } }),
    expect: [],
  },
  {
    name: 'it can only be read',
    kind: 'odd',
    given: hostWith({ '/etc/etcd.env': { text: 'ETCD_NAME=a', mode: 0o644 } }),
    expect: [{ result: 'fail', severity: 'low', path: '/etc/etcd.env', fix: 'commands' }],
  },
  { name: 'no etcd', kind: 'odd', given: hostWith({}), expect: [{ result: 'notApplicable' }] },
  {
    name: 'copied files',
    kind: 'unknown',
    given: copyWith({ '/etc/etcd.env': { text: '', mode: 0o640 } }),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
