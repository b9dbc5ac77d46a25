import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podCapabilities } from './pod-capabilities.js'

checkTests(podCapabilities, [
  {
    name: 'SYS_ADMIN',
    kind: 'failing',
    given: podWith(`securityContext:\n  capabilities:\n    add: [SYS_ADMIN]`),
    expect: [{ result: 'fail', severity: 'critical', fix: 'patch', line: 12 }],
  },
  {
    name: 'NET_RAW',
    kind: 'failing',
    given: podWith(`securityContext:\n  capabilities:\n    add: [NET_RAW]`),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'one that baseline allows',
    kind: 'passing',
    given: podWith(`securityContext:\n  capabilities:\n    add: [NET_BIND_SERVICE]`),
    expect: [],
  },
  {
    name: 'with a user namespace',
    kind: 'odd',
    given: podWith(`securityContext:\n  capabilities:\n    add: [NET_ADMIN]`, 'hostUsers: false'),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'a text instead of a list',
    kind: 'unknown',
    given: podWith(`securityContext:\n  capabilities:\n    add: SYS_ADMIN`),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
