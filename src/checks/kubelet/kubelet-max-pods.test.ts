import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'
import { kubeletMaxPods } from './kubelet-max-pods.js'

checkTests(kubeletMaxPods, [
  {
    name: 'set in the file',
    kind: 'failing',
    given: kubeletWith(`maxPods: 500`),
    expect: [
      {
        result: 'fail',
        severity: 'info',
        path: 'maxPods',
        file: '/var/lib/kubelet/config.yaml',
        line: 3,
        fix: 'advice',
      },
    ],
  },
  { name: 'right in the file', kind: 'passing', given: kubeletWith(`maxPods: 110`), expect: [] },
  {
    name: 'a flag beats the file',
    kind: 'odd',
    given: kubeletWith(`maxPods: 110`, '--max-pods=250'),
    expect: [{ result: 'fail', path: 'maxPods' }],
  },
  { name: 'nobody sets it', kind: 'passing', given: kubeletWith(''), expect: [] },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(`maxPods: 500`),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
