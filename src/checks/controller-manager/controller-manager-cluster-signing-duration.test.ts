import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { controllerManagerClusterSigningDuration } from './controller-manager-cluster-signing-duration.js'
import { controllerManagerWith } from './example-controller-manager.js'

checkTests(controllerManagerClusterSigningDuration, [
  {
    name: 'ten years',
    kind: 'failing',
    given: controllerManagerWith(['--cluster-signing-duration=87600h']),
    expect: [
      {
        result: 'fail',
        path: 'cluster-signing-duration',
        line: 11,
        fix: 'patch',
        severity: 'low',
        message: 'certificates are signed for 3650 days',
      },
    ],
  },
  {
    name: 'the default is a year',
    kind: 'passing',
    given: controllerManagerWith(['--v=2']),
    expect: [],
  },
  {
    name: 'a month',
    kind: 'passing',
    given: controllerManagerWith(['--cluster-signing-duration=720h0m0s']),
    expect: [],
  },
  {
    name: 'a second above a year',
    kind: 'odd',
    given: controllerManagerWith(['--cluster-signing-duration=8760h0m1s']),
    expect: [{ result: 'fail', path: 'cluster-signing-duration', line: 11, fix: 'patch' }],
  },
  ...unseenRows('kube-controller-manager'),
])
