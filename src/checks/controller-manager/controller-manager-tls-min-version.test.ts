import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { controllerManagerTlsMinVersion } from './controller-manager-tls-min-version.js'
import { controllerManagerWith } from './example-controller-manager.js'

checkTests(controllerManagerTlsMinVersion, [
  {
    name: '1.0',
    kind: 'failing',
    given: controllerManagerWith(['--tls-min-version=VersionTLS10']),
    expect: [
      {
        result: 'fail',
        path: 'tls-min-version',
        line: 11,
        fix: 'patch',
        severity: 'low',
        message: 'connections of TLS 1.0 are taken',
      },
    ],
  },
  {
    name: 'not set is 1.2',
    kind: 'passing',
    given: controllerManagerWith(['--v=2']),
    expect: [],
  },
  {
    name: '1.3',
    kind: 'passing',
    given: controllerManagerWith(['--tls-min-version=VersionTLS13']),
    expect: [],
  },
  {
    name: '1.1',
    kind: 'odd',
    given: controllerManagerWith(['--tls-min-version=VersionTLS11']),
    expect: [{ result: 'fail', path: 'tls-min-version', line: 11, fix: 'patch' }],
  },
  ...unseenRows('kube-controller-manager'),
])
