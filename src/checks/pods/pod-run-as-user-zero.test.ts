import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podRunAsUserZero } from './pod-run-as-user-zero.js'

checkTests(podRunAsUserZero, [
  {
    name: 'user 0',
    kind: 'failing',
    given: podWith(`securityContext:\n  runAsUser: 0`),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: 'spec.containers[name=app].securityContext.runAsUser',
        line: 11,
        fix: 'advice',
      },
    ],
  },
  {
    name: 'another user',
    kind: 'passing',
    given: podWith(`securityContext:\n  runAsUser: 1000`),
    expect: [],
  },
  {
    name: 'with a user namespace',
    kind: 'odd',
    given: podWith(`securityContext:\n  runAsUser: 0`, 'hostUsers: false'),
    expect: [{ result: 'fail', severity: 'low' }],
  },
  {
    name: 'a text instead of a number',
    kind: 'unknown',
    given: podWith(`securityContext:\n  runAsUser: "0"`),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
