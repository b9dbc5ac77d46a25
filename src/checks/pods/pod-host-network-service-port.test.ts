import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podHostNetworkServicePort } from './pod-host-network-service-port.js'

const port = (number: string, pod = 'hostNetwork: true'): ReturnType<typeof podWith> =>
  podWith(`ports: [{containerPort: ${number}}]`, pod)

checkTests(podHostNetworkServicePort, [
  {
    name: 'the port of the kubelet',
    kind: 'failing',
    given: port('10250'),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: 'spec.containers[name=app].ports[10250].containerPort',
        fix: 'advice',
      },
    ],
  },
  { name: 'another port', kind: 'passing', given: port('8080'), expect: [] },
  { name: 'on its own network', kind: 'odd', given: port('10250', ''), expect: [] },
  {
    name: 'a word',
    kind: 'unknown',
    given: port('kubelet'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
