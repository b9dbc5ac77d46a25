import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverInsecurePort } from './apiserver-insecure-port.js'
import { apiserverProcess, apiserverWith } from './example-apiserver.js'

checkTests(apiserverInsecurePort, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'given to a version that has it',
    kind: 'failing',
    given: apiserverWith(['--insecure-port=8080'], { version: 'v1.18.20' }),
    expect: [{ result: 'fail', severity: 'critical', path: 'insecure-port', line: 11 }],
  },
  {
    name: 'open by default',
    kind: 'failing',
    given: apiserverWith(['--v=2'], { version: 'v1.18.20' }),
    expect: [{ result: 'fail', severity: 'critical', path: 'insecure-port' }],
  },
  {
    name: 'closed',
    kind: 'passing',
    given: apiserverWith(['--insecure-port=0'], { version: 'v1.18.20' }),
    expect: [],
  },
  { name: 'a version without it', kind: 'passing', given: apiserverWith(['--v=2']), expect: [] },
  {
    name: 'a version that does not start with it',
    kind: 'odd',
    given: apiserverWith(['--insecure-port=8080']),
    expect: [],
  },
  {
    name: 'a version that is not known',
    kind: 'unknown',
    given: apiserverProcess(['--insecure-port=8080']),
    expect: [{ result: 'unknown', reason: 'version-unknown' }],
  },
])
