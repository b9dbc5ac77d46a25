import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podRunAsNonRoot } from './pod-run-as-non-root.js'

checkTests(podRunAsNonRoot, [
  {
    name: 'unset',
    kind: 'failing',
    given: podWith(''),
    expect: [{ result: 'fail', severity: 'medium', fix: 'advice' }],
  },
  {
    name: 'a user is set',
    kind: 'failing',
    given: podWith('', `securityContext:\n  runAsUser: 1000`),
    expect: [{ result: 'fail', severity: 'low', fix: 'patch' }],
  },
  {
    name: 'true for the pod',
    kind: 'passing',
    given: podWith('', `securityContext:\n  runAsNonRoot: true`),
    expect: [],
  },
  {
    name: "the pod's false fails although the container says true",
    kind: 'odd',
    given: podWith(`securityContext:\n  runAsNonRoot: true`, `securityContext:\n  runAsNonRoot: false`),
    expect: [{ result: 'fail', path: 'spec.securityContext.runAsNonRoot' }],
  },
  {
    name: 'a text instead of a switch',
    kind: 'unknown',
    given: podWith('', `securityContext:\n  runAsNonRoot: "yes"`),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
