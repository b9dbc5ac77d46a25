import { checkTests } from '../../../test/kit/check-tests.js'
import { copyWith, hostWith } from './example-files.js'
import { filePkiDir } from './file-pki-dir.js'

const CA = { text: '', mode: 0o644 }

checkTests(filePkiDir, [
  {
    name: 'everyone may write the folder',
    kind: 'failing',
    given: hostWith({ '/etc/kubernetes/pki/': { text: '', mode: 0o777 }, '/etc/kubernetes/pki/ca.crt': CA }),
    expect: [{ result: 'fail', severity: 'high', path: '/etc/kubernetes/pki', fix: 'commands' }],
  },
  {
    name: 'a group of users may write the folder of etcd',
    kind: 'failing',
    given: hostWith({
      '/etc/kubernetes/pki/etcd/': { text: '', mode: 0o775, gid: 1001 },
      '/etc/kubernetes/pki/etcd/ca.crt': CA,
    }),
    expect: [{ result: 'fail', severity: 'high', path: '/etc/kubernetes/pki/etcd', fix: 'commands' }],
  },
  {
    name: 'a user owns it',
    kind: 'failing',
    given: hostWith({
      '/etc/kubernetes/pki/': { text: '', mode: 0o755, uid: 1000 },
      '/etc/kubernetes/pki/ca.crt': CA,
    }),
    expect: [
      { result: 'fail', severity: 'high', path: '/etc/kubernetes/pki', message: /owns it/, fix: 'commands' },
    ],
  },
  { name: 'root alone', kind: 'passing', given: hostWith({ '/etc/kubernetes/pki/ca.crt': CA }), expect: [] },
  {
    name: 'no key and no certificate of Kubernetes',
    kind: 'odd',
    given: hostWith({ '/etc/hostname': 'a' }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'copies of files tell nothing of the folder',
    kind: 'unknown',
    given: copyWith({ '/etc/kubernetes/pki/ca.crt': CA }),
    expect: [{ result: 'unknown' }],
  },
])
