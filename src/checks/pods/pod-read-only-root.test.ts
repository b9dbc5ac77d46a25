import { checkTests } from '../../../test/kit/check-tests.js'
import { podWith } from './example-pod.js'
import { podReadOnlyRoot } from './pod-read-only-root.js'

const set = (value: string): string => `securityContext: {readOnlyRootFilesystem: ${value}}`

checkTests(podReadOnlyRoot, [
  {
    name: 'not set',
    kind: 'failing',
    given: podWith(''),
    expect: [
      {
        result: 'fail',
        severity: 'low',
        path: 'spec.containers[name=app].securityContext.readOnlyRootFilesystem',
        fix: 'advice',
      },
    ],
  },
  { name: 'set', kind: 'passing', given: podWith(set('true')), expect: [] },
  {
    name: 'set to false',
    kind: 'odd',
    given: podWith(set('false')),
    expect: [{ result: 'fail', fix: 'advice' }],
  },
  { name: 'on Windows', kind: 'odd', given: podWith('', 'os: {name: windows}'), expect: [] },
  {
    name: 'a word',
    kind: 'unknown',
    given: podWith(set('"true"')),
    expect: [{ result: 'unknown', reason: 'unparsable' }],
  },
])
