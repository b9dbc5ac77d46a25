import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { schedulerBindAddress } from './scheduler-bind-address.js'
import { schedulerWith } from './example-scheduler.js'

checkTests(schedulerBindAddress, [
  {
    name: 'every address',
    kind: 'failing',
    given: schedulerWith(['--bind-address=0.0.0.0']),
    expect: [{ result: 'fail', path: 'bind-address', line: 11, fix: 'patch', severity: 'low' }],
  },
  {
    name: 'not set: every address',
    kind: 'odd',
    given: schedulerWith(['--v=2']),
    expect: [{ result: 'fail', path: 'bind-address', fix: 'patch' }],
  },
  {
    name: 'loopback',
    kind: 'passing',
    given: schedulerWith(['--bind-address=127.0.0.1']),
    expect: [],
  },
  {
    name: 'no port',
    kind: 'odd',
    given: schedulerWith(['--secure-port=0', '--bind-address=0.0.0.0']),
    expect: [],
  },
  ...unseenRows('kube-scheduler'),
])
