import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { controllerManagerTerminatedPodGc } from './controller-manager-terminated-pod-gc.js'
import { controllerManagerWith } from './example-controller-manager.js'

checkTests(controllerManagerTerminatedPodGc, [
  {
    name: '0',
    kind: 'failing',
    given: controllerManagerWith(['--terminated-pod-gc-threshold=0']),
    expect: [
      { result: 'fail', path: 'terminated-pod-gc-threshold', line: 11, fix: 'patch', severity: 'info' },
    ],
  },
  {
    name: 'not set is 12500',
    kind: 'passing',
    given: controllerManagerWith(['--v=2']),
    expect: [],
  },
  {
    name: 'a number',
    kind: 'passing',
    given: controllerManagerWith(['--terminated-pod-gc-threshold=10']),
    expect: [],
  },
  {
    name: 'below 0',
    kind: 'odd',
    given: controllerManagerWith(['--terminated-pod-gc-threshold=-1']),
    expect: [{ result: 'fail', path: 'terminated-pod-gc-threshold', line: 11, fix: 'patch' }],
  },
  ...unseenRows('kube-controller-manager'),
])
