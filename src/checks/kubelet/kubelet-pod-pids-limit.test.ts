import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'
import { kubeletPodPidsLimit } from './kubelet-pod-pids-limit.js'

checkTests(kubeletPodPidsLimit, [
  {
    name: 'set in the file',
    kind: 'failing',
    given: kubeletWith(`podPidsLimit: -1`),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: 'podPidsLimit',
        file: '/var/lib/kubelet/config.yaml',
        line: 3,
        fix: 'patch',
      },
    ],
  },
  { name: 'right in the file', kind: 'passing', given: kubeletWith(`podPidsLimit: 4096`), expect: [] },
  {
    name: 'a flag beats the file',
    kind: 'odd',
    given: kubeletWith(`podPidsLimit: 4096`, '--pod-max-pids=-1'),
    expect: [{ result: 'fail', path: 'podPidsLimit' }],
  },
  {
    name: 'nobody sets it',
    kind: 'failing',
    given: kubeletWith(''),
    expect: [{ result: 'fail', path: 'podPidsLimit' }],
  },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(`podPidsLimit: -1`),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
