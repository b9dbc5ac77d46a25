import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podNoRequests } from './pod-no-requests.js'

checkTests(podNoRequests, [
  {
    name: 'none',
    kind: 'failing',
    given: podWith(''),
    expect: [
      {
        result: 'fail',
        severity: 'low',
        message: 'container `app` has no cpu and no memory request',
        path: 'spec.containers[name=app].resources.requests',
        fix: 'advice',
      },
    ],
  },
  {
    name: 'both',
    kind: 'passing',
    given: podWith('resources: {requests: {cpu: 1, memory: 1Gi}}'),
    expect: [],
  },
  {
    name: 'a limit is a request too',
    kind: 'passing',
    given: podWith('resources: {limits: {memory: 1Gi}, requests: {cpu: 100m}}'),
    expect: [],
  },
  {
    name: 'one of two',
    kind: 'odd',
    given: podWith('resources: {requests: {cpu: 1}}'),
    expect: [{ result: 'fail', message: 'container `app` has no memory request' }],
  },
  {
    name: 'another type',
    kind: 'unknown',
    given: podWith('resources: none'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
