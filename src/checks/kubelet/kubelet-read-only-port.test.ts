import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'
import { kubeletReadOnlyPort } from './kubelet-read-only-port.js'

checkTests(kubeletReadOnlyPort, [
  {
    name: 'set in the file',
    kind: 'failing',
    given: kubeletWith(`readOnlyPort: 10255`),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        path: 'readOnlyPort',
        file: '/var/lib/kubelet/config.yaml',
        line: 3,
        fix: 'patch',
      },
    ],
  },
  { name: 'right in the file', kind: 'passing', given: kubeletWith(`readOnlyPort: 0`), expect: [] },
  {
    name: 'a flag beats the file',
    kind: 'odd',
    given: kubeletWith(`readOnlyPort: 0`, '--read-only-port=10255'),
    expect: [{ result: 'fail', path: 'readOnlyPort' }],
  },
  { name: 'nobody sets it', kind: 'passing', given: kubeletWith(''), expect: [] },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(`readOnlyPort: 10255`),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
