import { checkTests } from '../../../test/kit/check-tests.js'
import { deploymentIn, podWith } from './example-pod.js'
import { podPrivileged } from './pod-privileged.js'

checkTests(podPrivileged, [
  {
    name: 'privileged',
    kind: 'failing',
    given: podWith(`securityContext:\n  privileged: true`),
    expect: [
      {
        result: 'fail',
        severity: 'critical',
        path: 'spec.containers[name=app].securityContext.privileged',
        line: 11,
        fix: 'advice',
      },
    ],
  },
  {
    name: 'not privileged',
    kind: 'passing',
    given: podWith(`securityContext:\n  privileged: false`),
    expect: [],
  },
  {
    name: 'refused by the namespace itself',
    kind: 'odd',
    given: deploymentIn('baseline', `securityContext:\n  privileged: true`),
    expect: [{ result: 'fail', severity: 'high' }],
  },
  {
    name: 'a text instead of a switch',
    kind: 'unknown',
    given: podWith(`securityContext:\n  privileged: "true"`),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
