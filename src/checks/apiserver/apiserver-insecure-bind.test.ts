import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverInsecureBind } from './apiserver-insecure-bind.js'
import { apiserverProcess, apiserverWith } from './example-apiserver.js'

checkTests(apiserverInsecureBind, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'every address',
    kind: 'failing',
    given: apiserverWith(['--insecure-bind-address=0.0.0.0', '--v=2'], { version: 'v1.18.20' }),
    expect: [{ result: 'fail', severity: 'critical', path: 'insecure-bind-address', line: 11, fix: 'patch' }],
  },
  {
    name: 'the default',
    kind: 'passing',
    given: apiserverWith(['--v=2'], { version: 'v1.18.20' }),
    expect: [],
  },
  {
    name: 'a loopback address',
    kind: 'passing',
    given: apiserverWith(['--insecure-bind-address=127.0.0.1'], { version: 'v1.18.20' }),
    expect: [],
  },
  {
    name: 'the port is closed',
    kind: 'odd',
    given: apiserverWith(['--address=0.0.0.0', '--insecure-port=0'], { version: 'v1.18.20' }),
    expect: [],
  },
  {
    name: 'a version where nothing listens',
    kind: 'odd',
    given: apiserverWith(['--address=0.0.0.0']),
    expect: [],
  },
  {
    name: 'a version that is not known',
    kind: 'unknown',
    given: apiserverProcess(['--insecure-bind-address=0.0.0.0']),
    expect: [{ result: 'unknown', reason: 'version-unknown' }],
  },
])
