import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverRemovedFlag } from './apiserver-removed-flag.js'
import { apiserverProcess, apiserverWith } from './example-apiserver.js'

checkTests(apiserverRemovedFlag, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'the insecure port',
    kind: 'failing',
    given: apiserverWith(['--insecure-port=0', '--v=2']),
    expect: [{ result: 'fail', severity: 'high', path: 'insecure-port', line: 11, fix: 'patch' }],
  },
  {
    name: 'a flag that never was',
    kind: 'failing',
    given: apiserverWith(['--no-such-flag=1']),
    expect: [{ result: 'fail', message: 'the API server refuses to start: unknown flag: --no-such-flag' }],
  },
  { name: 'flags of its version', kind: 'passing', given: apiserverWith(['--v=2']), expect: [] },
  {
    name: 'a version that still has it',
    kind: 'odd',
    given: apiserverWith(['--kubelet-https=true'], { version: 'v1.21.9' }),
    expect: [],
  },
  {
    name: 'a version that takes it with 0 alone',
    kind: 'odd',
    given: apiserverWith(['--insecure-port=8080', '--port=0'], { version: 'v1.21.9' }),
    expect: [{ result: 'fail', path: 'insecure-port' }],
  },
  {
    name: 'a version that is not known',
    kind: 'unknown',
    given: apiserverProcess(['--insecure-port=0']),
    expect: [{ result: 'unknown', reason: 'version-unknown' }],
  },
])
