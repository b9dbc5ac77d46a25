import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podSysctls } from './pod-sysctls.js'

checkTests(podSysctls, [
  {
    name: 'an unsafe one',
    kind: 'failing',
    given: podWith('', `securityContext:\n  sysctls:\n    - name: kernel.msgmax\n      value: "65536"`),
    expect: [{ result: 'fail', severity: 'medium', line: 9, fix: 'patch' }],
  },
  {
    name: 'a safe one',
    kind: 'passing',
    given: podWith('', `securityContext:\n  sysctls:\n    - name: net.ipv4.tcp_syncookies\n      value: "1"`),
    expect: [],
  },
  {
    name: 'one without a name',
    kind: 'odd',
    given: podWith('', `securityContext:\n  sysctls:\n    - value: "1"`),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'no list',
    kind: 'unknown',
    given: podWith('', `securityContext:\n  sysctls: {a: b}`),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
