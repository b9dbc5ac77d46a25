import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podSsh } from './pod-ssh.js'

checkTests(podSsh, [
  {
    name: 'port 22',
    kind: 'failing',
    given: podWith('ports: [{containerPort: 22}]'),
    expect: [
      {
        result: 'fail',
        severity: 'low',
        path: 'spec.containers[name=app].ports[22].containerPort',
        fix: 'advice',
      },
    ],
  },
  {
    name: 'the server as its command',
    kind: 'failing',
    given: podWith('command: [/usr/sbin/sshd, -D]'),
    expect: [{ result: 'fail', message: 'container `app` runs an SSH server' }],
  },
  {
    name: 'in a shell',
    kind: 'odd',
    given: podWith('command: [sh, -c]\nargs: ["setup && /usr/sbin/sshd -D"]'),
    expect: [{ result: 'fail' }],
  },
  { name: 'another port', kind: 'passing', given: podWith('ports: [{containerPort: 2222}]'), expect: [] },
  {
    name: 'a port that is no number',
    kind: 'unknown',
    given: podWith('ports: [{containerPort: "22"}]'),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
