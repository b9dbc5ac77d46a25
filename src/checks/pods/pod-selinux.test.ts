import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podSelinux } from './pod-selinux.js'

checkTests(podSelinux, [
  {
    name: 'spc_t',
    kind: 'failing',
    given: podWith(`securityContext:\n  seLinuxOptions:\n    type: spc_t`),
    expect: [{ result: 'fail', severity: 'high', line: 12, fix: 'patch' }],
  },
  {
    name: 'container_t',
    kind: 'passing',
    given: podWith(`securityContext:\n  seLinuxOptions:\n    type: container_t`),
    expect: [],
  },
  {
    name: 'a user',
    kind: 'odd',
    given: podWith(`securityContext:\n  seLinuxOptions:\n    user: system_u`),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'a number instead of a type',
    kind: 'unknown',
    given: podWith(`securityContext:\n  seLinuxOptions:\n    type: 5`),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
