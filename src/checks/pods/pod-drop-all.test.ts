import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podDropAll } from './pod-drop-all.js'

checkTests(podDropAll, [
  {
    name: 'nothing dropped',
    kind: 'failing',
    given: podWith(''),
    expect: [
      {
        result: 'fail',
        severity: 'low',
        path: 'spec.containers[name=app].securityContext.capabilities.drop',
        fix: 'patch',
      },
    ],
  },
  {
    name: 'ALL',
    kind: 'passing',
    given: podWith(`securityContext:\n  capabilities:\n    drop: [ALL]`),
    expect: [],
  },
  {
    name: 'all in small letters',
    kind: 'odd',
    given: podWith(`securityContext:\n  capabilities:\n    drop: [all]`),
    expect: [{ result: 'fail', message: /runtimes take it/ }],
  },
  {
    name: 'a text instead of a list',
    kind: 'unknown',
    given: podWith(`securityContext:\n  capabilities:\n    drop: ALL`),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
