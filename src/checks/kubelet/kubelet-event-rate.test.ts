import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'
import { kubeletEventRate } from './kubelet-event-rate.js'

checkTests(kubeletEventRate, [
  {
    name: 'set in the file',
    kind: 'failing',
    given: kubeletWith(`eventRecordQPS: 0`),
    expect: [
      {
        result: 'fail',
        severity: 'low',
        path: 'eventRecordQPS',
        file: '/var/lib/kubelet/config.yaml',
        line: 3,
        fix: 'patch',
      },
    ],
  },
  { name: 'right in the file', kind: 'passing', given: kubeletWith(`eventRecordQPS: 50`), expect: [] },
  {
    name: 'a flag beats the file',
    kind: 'odd',
    given: kubeletWith(`eventRecordQPS: 50`, '--event-qps=1'),
    expect: [{ result: 'fail', path: 'eventRecordQPS' }],
  },
  { name: 'nobody sets it', kind: 'passing', given: kubeletWith(''), expect: [] },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(`eventRecordQPS: 0`),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
