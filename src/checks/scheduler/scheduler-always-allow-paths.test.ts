import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { schedulerAlwaysAllowPaths } from './scheduler-always-allow-paths.js'
import { schedulerWith } from './example-scheduler.js'

checkTests(schedulerAlwaysAllowPaths, [
  {
    name: 'metrics',
    kind: 'failing',
    given: schedulerWith(['--authorization-always-allow-paths=/healthz,/metrics']),
    expect: [
      {
        result: 'fail',
        path: 'authorization-always-allow-paths',
        line: 11,
        fix: 'patch',
        severity: 'medium',
      },
    ],
  },
  {
    name: 'the default',
    kind: 'passing',
    given: schedulerWith(['--v=2']),
    expect: [],
  },
  {
    name: 'none',
    kind: 'odd',
    given: schedulerWith(['--authorization-always-allow-paths=']),
    expect: [],
  },
  ...unseenRows('kube-scheduler'),
])
