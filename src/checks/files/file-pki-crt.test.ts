import { checkTests } from '../../../test/kit/check-tests.js'
import { copyWith, hostWith } from './example-files.js'
import { filePkiCrt } from './file-pki-crt.js'

checkTests(filePkiCrt, [
  {
    name: 'everyone may write it',
    kind: 'failing',
    given: hostWith({ '/etc/kubernetes/pki/apiserver.crt': { text: '', mode: 0o666 } }),
    expect: [
      { result: 'fail', severity: 'high', path: '/etc/kubernetes/pki/apiserver.crt', fix: 'commands' },
    ],
  },
  {
    name: 'a user owns it',
    kind: 'failing',
    given: hostWith({ '/etc/kubernetes/pki/etcd/ca.crt': { text: '', mode: 0o644, uid: 1000 } }),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        path: '/etc/kubernetes/pki/etcd/ca.crt',
        fix: 'commands',
        message: /user alice owns it/,
      },
    ],
  },
  {
    name: 'readable by all, writable by root',
    kind: 'passing',
    given: hostWith({ '/etc/kubernetes/pki/apiserver.crt': { text: '', mode: 0o644 } }),
    expect: [],
  },
  {
    name: 'certificates of kubespray belong to its own user',
    kind: 'odd',
    given: hostWith({ '/etc/kubernetes/ssl/apiserver.crt': { text: '', mode: 0o644, uid: 996, gid: 996 } }),
    expect: [],
  },
  {
    name: 'the group of root may write',
    kind: 'odd',
    given: hostWith({ '/etc/kubernetes/pki/apiserver.crt': { text: '', mode: 0o664 } }),
    expect: [{ result: 'fail', severity: 'low', path: '/etc/kubernetes/pki/apiserver.crt', fix: 'commands' }],
  },
  {
    name: 'the folder is for another check',
    kind: 'odd',
    given: hostWith({
      '/etc/kubernetes/pki/apiserver.crt': { text: '', mode: 0o644 },
      '/etc/kubernetes/pki/': { text: '', mode: 0o777 },
    }),
    expect: [],
  },
  {
    name: 'a host without certificates',
    kind: 'odd',
    given: hostWith({}),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'copied files',
    kind: 'unknown',
    given: copyWith({ '/etc/kubernetes/pki/apiserver.crt': { text: '', mode: 0o644 } }),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
