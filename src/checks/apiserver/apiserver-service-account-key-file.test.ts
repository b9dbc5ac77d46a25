import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverServiceAccountKeyFile } from './apiserver-service-account-key-file.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverServiceAccountKeyFile, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'the key of the serving certificate',
    kind: 'failing',
    given: apiserverWith(['--service-account-key-file=/a.key', '--tls-private-key-file=/a.key']),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        message: '`/a.key` is the file of `--tls-private-key-file` too',
        line: 11,
        fix: 'advice',
      },
    ],
  },
  {
    name: 'not given',
    kind: 'failing',
    given: apiserverWith(['--v=2']),
    expect: [{ result: 'fail', path: 'service-account-key-file', fix: 'advice' }],
  },
  {
    name: 'a key of its own',
    kind: 'passing',
    given: apiserverWith(['--service-account-key-file=/sa.pub', '--tls-private-key-file=/a.key']),
    expect: [],
  },
  {
    name: 'one of two is shared',
    kind: 'odd',
    given: apiserverWith([
      '--service-account-key-file=/sa.pub',
      '--service-account-key-file=/a.key',
      '--etcd-keyfile=/a.key',
    ]),
    expect: [{ result: 'fail', message: /--etcd-keyfile/ }],
  },
  {
    name: 'another program signs',
    kind: 'odd',
    given: apiserverWith(['--service-account-signing-endpoint=/run/signer.sock']),
    expect: [{ result: 'notApplicable' }],
  },
])
