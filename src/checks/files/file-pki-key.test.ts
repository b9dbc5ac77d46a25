import { checkTests } from '../../../test/kit/check-tests.js'
import { seedKey } from '../certificates/example-certificates.js'
import { copyWith, hostWith } from './example-files.js'
import { filePkiKey } from './file-pki-key.js'

checkTests(filePkiKey, [
  {
    name: 'everyone may read it',
    kind: 'failing',
    given: hostWith({ '/etc/kubernetes/pki/apiserver.key': { text: '', mode: 0o644 } }),
    expect: [
      { result: 'fail', severity: 'high', path: '/etc/kubernetes/pki/apiserver.key', fix: 'commands' },
    ],
  },
  {
    name: 'the key of the cluster CA',
    kind: 'failing',
    given: hostWith({ '/etc/kubernetes/pki/ca.key': { text: '', mode: 0o604 } }),
    expect: [{ result: 'fail', severity: 'critical', path: '/etc/kubernetes/pki/ca.key', fix: 'commands' }],
  },
  {
    name: 'the key of service accounts',
    kind: 'failing',
    given: hostWith({ '/etc/kubernetes/pki/sa.key': { text: '', mode: 0o644 } }),
    expect: [{ result: 'fail', severity: 'critical', path: '/etc/kubernetes/pki/sa.key', fix: 'commands' }],
  },
  {
    name: 'a group may read it',
    kind: 'failing',
    given: hostWith({ '/etc/kubernetes/pki/apiserver.key': { text: '', mode: 0o640, gid: 1001 } }),
    expect: [
      { result: 'fail', severity: 'high', path: '/etc/kubernetes/pki/apiserver.key', fix: 'commands' },
    ],
  },
  {
    name: 'the rotated key of a kubelet',
    kind: 'failing',
    given: hostWith({
      '/var/lib/kubelet/pki/kubelet-client-1.pem': { text: seedKey(1), mode: 0o644 },
      '/var/lib/kubelet/pki/kubelet-client-current.pem': { link: 'kubelet-client-1.pem' },
    }),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        path: '/var/lib/kubelet/pki/kubelet-client-1.pem',
        fix: 'commands',
      },
    ],
  },
  {
    name: 'root alone',
    kind: 'passing',
    given: hostWith({
      '/etc/kubernetes/pki/apiserver.key': { text: '', mode: 0o600 },
      '/etc/kubernetes/pki/ca.key': { text: '', mode: 0o600 },
    }),
    expect: [],
  },
  {
    name: 'keys of etcd belong to its own user',
    kind: 'odd',
    given: hostWith({
      '/etc/ssl/etcd/ssl/member-node-1-key.pem': { text: '', mode: 0o700, uid: 997, gid: 997 },
    }),
    expect: [],
  },
  {
    name: 'the group of root may read',
    kind: 'odd',
    given: hostWith({ '/etc/kubernetes/pki/apiserver.key': { text: '', mode: 0o640 } }),
    expect: [{ result: 'fail', severity: 'low', path: '/etc/kubernetes/pki/apiserver.key', fix: 'commands' }],
  },
  { name: 'a host without keys', kind: 'odd', given: hostWith({}), expect: [{ result: 'notApplicable' }] },
  {
    name: 'copied files',
    kind: 'unknown',
    given: copyWith({ '/etc/kubernetes/pki/apiserver.key': { text: '', mode: 0o600 } }),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
