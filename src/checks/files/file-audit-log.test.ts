import { checkTests } from '../../../test/kit/check-tests.js'
import { hostWith } from './example-files.js'
import { fileAuditLog } from './file-audit-log.js'

checkTests(fileAuditLog, [
  {
    name: 'everyone may read it',
    kind: 'failing',
    given: hostWith({ '/var/log/kubernetes/audit.log': { text: '', mode: 0o644 } }, [
      '/usr/bin/kube-apiserver --audit-log-path=/var/log/kubernetes/audit.log',
    ]),
    expect: [{ result: 'fail', severity: 'medium', path: '/var/log/kubernetes/audit.log', fix: 'commands' }],
  },
  {
    name: 'a user may write it',
    kind: 'failing',
    given: hostWith({ '/var/log/kubernetes/audit.log': { text: '', mode: 0o600, uid: 1000 } }, [
      '/usr/bin/kube-apiserver --audit-log-path=/var/log/kubernetes/audit.log',
    ]),
    expect: [{ result: 'fail', severity: 'medium', path: '/var/log/kubernetes/audit.log', fix: 'commands' }],
  },
  {
    name: 'root alone',
    kind: 'passing',
    given: hostWith({ '/var/log/kubernetes/audit.log': { text: '', mode: 0o600 } }, [
      '/usr/bin/kube-apiserver --audit-log-path=/var/log/kubernetes/audit.log',
    ]),
    expect: [],
  },
  {
    name: 'the folder of the log',
    kind: 'odd',
    given: hostWith(
      {
        '/var/log/kubernetes/audit.log': { text: '', mode: 0o600 },
        '/var/log/kubernetes/': { text: '', mode: 0o777 },
      },
      ['/usr/bin/kube-apiserver --audit-log-path=/var/log/kubernetes/audit.log'],
    ),
    expect: [{ result: 'fail', severity: 'medium', path: '/var/log/kubernetes', fix: 'commands' }],
  },
  {
    name: 'nothing is logged',
    kind: 'odd',
    given: hostWith({}, ['/usr/bin/kube-apiserver']),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'copied files',
    kind: 'unknown',
    given: {
      hosts: {
        'node-1': {
          files: { '/var/log/kubernetes/audit.log': '' },
          processes: ['/usr/bin/kube-apiserver --audit-log-path=/var/log/kubernetes/audit.log'],
          copied: true,
        },
      },
    },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
