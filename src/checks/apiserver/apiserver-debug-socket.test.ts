import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverDebugSocket } from './apiserver-debug-socket.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverDebugSocket, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'given',
    kind: 'failing',
    given: apiserverWith(['--debug-socket-path=/run/a.sock', '--v=2']),
    expect: [{ result: 'fail', severity: 'medium', path: 'debug-socket-path', line: 11, fix: 'patch' }],
  },
  { name: 'not given', kind: 'passing', given: apiserverWith(['--v=2']), expect: [] },
  {
    name: 'name and value are two words',
    kind: 'odd',
    given: apiserverWith(['--debug-socket-path', '/run/a.sock']),
    expect: [{ result: 'fail', fix: 'advice' }],
  },
])
