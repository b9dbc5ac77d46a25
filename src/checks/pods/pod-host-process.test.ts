import { checkTests } from '../../../test/kit/check-tests.js'
import { HARDENED, podWith } from './example-pod.js'
import { podHostProcess } from './pod-host-process.js'

checkTests(podHostProcess, [
  {
    name: 'one container',
    kind: 'failing',
    given: podWith(`securityContext:\n  windowsOptions:\n    hostProcess: true`),
    expect: [
      {
        result: 'fail',
        severity: 'critical',
        path: 'spec.containers[name=app].securityContext.windowsOptions.hostProcess',
        fix: 'advice',
      },
    ],
  },
  {
    name: 'none',
    kind: 'passing',
    given: podWith(HARDENED),
    expect: [],
  },
  {
    name: 'the whole pod',
    kind: 'odd',
    given: podWith('', `securityContext:\n  windowsOptions:\n    hostProcess: true`),
    expect: [{ result: 'fail', path: 'spec.securityContext.windowsOptions.hostProcess' }],
  },
  {
    name: 'a number instead of a switch',
    kind: 'unknown',
    given: podWith(`securityContext:\n  windowsOptions:\n    hostProcess: 1`),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
