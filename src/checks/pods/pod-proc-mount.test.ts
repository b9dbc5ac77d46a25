import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podProcMount } from './pod-proc-mount.js'

checkTests(podProcMount, [
  {
    name: 'Unmasked',
    kind: 'failing',
    given: podWith(`securityContext:\n  procMount: Unmasked`),
    expect: [{ result: 'fail', severity: 'high', line: 11, fix: 'patch' }],
  },
  { name: 'Default', kind: 'passing', given: podWith(`securityContext:\n  procMount: Default`), expect: [] },
  {
    name: 'with a user namespace',
    kind: 'odd',
    given: podWith(`securityContext:\n  procMount: Unmasked`, 'hostUsers: false'),
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'a switch instead of a name',
    kind: 'unknown',
    given: podWith(`securityContext:\n  procMount: true`),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
