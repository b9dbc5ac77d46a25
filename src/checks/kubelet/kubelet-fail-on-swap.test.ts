import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'
import { kubeletFailOnSwap } from './kubelet-fail-on-swap.js'

checkTests(kubeletFailOnSwap, [
  {
    name: 'set in the file',
    kind: 'failing',
    given: kubeletWith(`failSwapOn: false`),
    expect: [
      {
        result: 'fail',
        severity: 'info',
        path: 'failSwapOn',
        file: '/var/lib/kubelet/config.yaml',
        line: 3,
        fix: 'advice',
      },
    ],
  },
  { name: 'right in the file', kind: 'passing', given: kubeletWith(`failSwapOn: true`), expect: [] },
  {
    name: 'a flag beats the file',
    kind: 'odd',
    given: kubeletWith(`failSwapOn: true`, '--fail-swap-on=false'),
    expect: [{ result: 'fail', path: 'failSwapOn' }],
  },
  { name: 'nobody sets it', kind: 'passing', given: kubeletWith(''), expect: [] },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(`failSwapOn: false`),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
