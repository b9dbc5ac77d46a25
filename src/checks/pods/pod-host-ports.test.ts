import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podHostPorts } from './pod-host-ports.js'

checkTests(podHostPorts, [
  {
    name: 'a host port',
    kind: 'failing',
    given: podWith(`ports:\n  - containerPort: 8080\n    hostPort: 8080`),
    expect: [{ result: 'fail', severity: 'medium', line: 12, fix: 'patch' }],
  },
  {
    name: 'a container port',
    kind: 'passing',
    given: podWith(`ports:\n  - containerPort: 8080`),
    expect: [],
  },
  {
    name: 'port 0 is none',
    kind: 'odd',
    given: podWith(`ports:\n  - containerPort: 8080\n    hostPort: 0`),
    expect: [],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: podWith(`ports: 8080`),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
  {
    name: 'asked for beside the network of the node',
    kind: 'odd',
    given: podWith(`ports:\n  - containerPort: 8080\n    hostPort: 8080`, 'hostNetwork: true'),
    expect: [{ result: 'fail', fix: 'patch' }],
  },
  {
    name: 'the fingerprint names the port, not its index',
    kind: 'odd',
    given: podWith(`ports:\n  - containerPort: 80\n  - containerPort: 90\n    hostPort: 90`),
    expect: [{ result: 'fail', path: 'spec.containers[name=app].ports[90].hostPort', line: 13 }],
  },
  {
    name: 'a text instead of a number',
    kind: 'unknown',
    given: podWith(`ports:\n  - hostPort: "8080"`),
    expect: [
      {
        result: 'unknown',
        reason: 'unparsable',
        path: 'spec.containers[name=app].ports[#5b159e658c00].hostPort',
      },
    ],
  },
])
