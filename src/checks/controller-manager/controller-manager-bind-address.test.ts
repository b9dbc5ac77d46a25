import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { controllerManagerBindAddress } from './controller-manager-bind-address.js'
import { controllerManagerWith } from './example-controller-manager.js'

checkTests(controllerManagerBindAddress, [
  {
    name: 'every address',
    kind: 'failing',
    given: controllerManagerWith(['--bind-address=0.0.0.0']),
    expect: [{ result: 'fail', path: 'bind-address', line: 11, fix: 'patch', severity: 'low' }],
  },
  {
    name: 'not set: every address',
    kind: 'odd',
    given: controllerManagerWith(['--v=2']),
    expect: [{ result: 'fail', path: 'bind-address', fix: 'patch', message: /open on every address/ }],
  },
  {
    name: 'an address of the host',
    kind: 'failing',
    given: controllerManagerWith(['--bind-address=10.0.0.1']),
    expect: [{ result: 'fail', path: 'bind-address', line: 11, fix: 'patch' }],
  },
  {
    name: 'loopback',
    kind: 'passing',
    given: controllerManagerWith(['--bind-address=127.0.0.1']),
    expect: [],
  },
  {
    name: 'loopback of IPv6',
    kind: 'odd',
    given: controllerManagerWith(['--bind-address=::1']),
    expect: [],
  },
  {
    name: 'no port',
    kind: 'odd',
    given: controllerManagerWith(['--secure-port=0']),
    expect: [],
  },
  ...unseenRows('kube-controller-manager'),
])
