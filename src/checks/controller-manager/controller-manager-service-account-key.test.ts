import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { controllerManagerServiceAccountKey } from './controller-manager-service-account-key.js'
import { controllerManagerWith } from './example-controller-manager.js'

checkTests(controllerManagerServiceAccountKey, [
  {
    name: 'not set',
    kind: 'failing',
    given: controllerManagerWith(['--v=2']),
    expect: [{ result: 'fail', path: 'service-account-private-key-file', fix: 'advice', severity: 'medium' }],
  },
  {
    name: 'shared with the CA',
    kind: 'failing',
    given: controllerManagerWith([
      '--service-account-private-key-file=/etc/kubernetes/pki/ca.key',
      '--cluster-signing-key-file=/etc/kubernetes/pki/ca.key',
    ]),
    expect: [
      {
        result: 'fail',
        path: 'service-account-private-key-file',
        line: 11,
        fix: 'advice',
        message: /is the key of `--cluster-signing-key-file`/,
      },
    ],
  },
  {
    name: 'its own',
    kind: 'passing',
    given: controllerManagerWith([
      '--service-account-private-key-file=/etc/kubernetes/pki/sa.key',
      '--cluster-signing-key-file=/etc/kubernetes/pki/ca.key',
    ]),
    expect: [],
  },
  {
    name: 'empty',
    kind: 'odd',
    given: controllerManagerWith(['--service-account-private-key-file=']),
    expect: [{ result: 'fail', path: 'service-account-private-key-file', line: 11, fix: 'advice' }],
  },
  ...unseenRows('kube-controller-manager'),
])
