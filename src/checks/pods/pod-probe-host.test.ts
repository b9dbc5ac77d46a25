import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podProbeHost } from './pod-probe-host.js'

checkTests(podProbeHost, [
  {
    name: 'a metadata address',
    kind: 'failing',
    given: podWith(`livenessProbe:\n  httpGet:\n    host: 169.254.169.254\n    path: /\n    port: 80`),
    expect: [{ result: 'fail', severity: 'medium', line: 12, fix: 'patch' }],
  },
  {
    name: 'the pod itself',
    kind: 'passing',
    given: podWith(`livenessProbe:\n  httpGet:\n    path: /\n    port: 80`),
    expect: [],
  },
  {
    name: 'a hook',
    kind: 'odd',
    given: podWith(`lifecycle:\n  preStop:\n    tcpSocket:\n      host: 127.0.0.1\n      port: 80`),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'a list instead of a name',
    kind: 'unknown',
    given: podWith(`livenessProbe:\n  httpGet:\n    host: [a]`),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
