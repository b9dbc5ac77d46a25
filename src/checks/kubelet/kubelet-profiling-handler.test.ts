import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'
import { kubeletProfilingHandler } from './kubelet-profiling-handler.js'

checkTests(kubeletProfilingHandler, [
  {
    name: 'set in the file',
    kind: 'failing',
    given: kubeletWith(`enableProfilingHandler: true`),
    expect: [
      {
        result: 'fail',
        severity: 'low',
        path: 'enableProfilingHandler',
        file: '/var/lib/kubelet/config.yaml',
        line: 3,
        fix: 'patch',
      },
    ],
  },
  {
    name: 'right in the file',
    kind: 'passing',
    given: kubeletWith(`enableProfilingHandler: false`),
    expect: [],
  },
  {
    name: 'null in the file puts the default back',
    kind: 'odd',
    given: kubeletWith('enableProfilingHandler: null'),
    expect: [{ result: 'fail', path: 'enableProfilingHandler' }],
  },
  {
    name: 'nobody sets it',
    kind: 'failing',
    given: kubeletWith(''),
    expect: [{ result: 'fail', path: 'enableProfilingHandler' }],
  },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(`enableProfilingHandler: true`),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
  {
    name: 'its sibling is switched on',
    kind: 'failing',
    given: kubeletWith(`enableProfilingHandler: false\nenableContentionProfiling: true`),
    expect: [{ result: 'fail', severity: 'low', path: 'enableContentionProfiling', line: 4, fix: 'patch' }],
  },
])
