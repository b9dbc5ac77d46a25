import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { controllerManagerProfiling } from './controller-manager-profiling.js'
import { controllerManagerWith } from './example-controller-manager.js'

checkTests(controllerManagerProfiling, [
  {
    name: 'on',
    kind: 'failing',
    given: controllerManagerWith(['--profiling=true']),
    expect: [{ result: 'fail', path: 'profiling', line: 11, fix: 'patch', severity: 'low' }],
  },
  {
    name: 'on by default',
    kind: 'odd',
    given: controllerManagerWith(['--v=2']),
    expect: [{ result: 'fail', path: 'profiling', fix: 'patch' }],
  },
  {
    name: 'off',
    kind: 'passing',
    given: controllerManagerWith(['--profiling=false']),
    expect: [],
  },
  {
    name: 'a bare flag is on',
    kind: 'odd',
    given: controllerManagerWith(['--profiling']),
    expect: [{ result: 'fail', path: 'profiling', line: 11, fix: 'patch' }],
  },
  ...unseenRows('kube-controller-manager'),
])
