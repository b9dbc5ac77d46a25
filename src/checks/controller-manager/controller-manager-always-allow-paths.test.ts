import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { controllerManagerAlwaysAllowPaths } from './controller-manager-always-allow-paths.js'
import { controllerManagerWith } from './example-controller-manager.js'

checkTests(controllerManagerAlwaysAllowPaths, [
  {
    name: 'metrics',
    kind: 'failing',
    given: controllerManagerWith(['--authorization-always-allow-paths=/healthz,/metrics']),
    expect: [
      {
        result: 'fail',
        path: 'authorization-always-allow-paths',
        line: 11,
        fix: 'patch',
        severity: 'medium',
        message: 'served to everybody: /metrics',
      },
    ],
  },
  {
    name: 'everything',
    kind: 'failing',
    given: controllerManagerWith(['--authorization-always-allow-paths=/*']),
    expect: [{ result: 'fail', path: 'authorization-always-allow-paths', line: 11, fix: 'patch' }],
  },
  {
    name: 'the default',
    kind: 'passing',
    given: controllerManagerWith(['--v=2']),
    expect: [],
  },
  {
    name: 'health and below',
    kind: 'odd',
    given: controllerManagerWith(['--authorization-always-allow-paths=/healthz/*,/livez']),
    expect: [],
  },
  ...unseenRows('kube-controller-manager'),
])
