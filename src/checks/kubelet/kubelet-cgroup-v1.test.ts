import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'
import { kubeletCgroupV1 } from './kubelet-cgroup-v1.js'

checkTests(kubeletCgroupV1, [
  {
    name: 'set in the file',
    kind: 'failing',
    given: kubeletWith(`failCgroupV1: false`),
    expect: [
      {
        result: 'fail',
        severity: 'info',
        path: 'failCgroupV1',
        file: '/var/lib/kubelet/config.yaml',
        line: 3,
        fix: 'advice',
      },
    ],
  },
  { name: 'right in the file', kind: 'passing', given: kubeletWith(`failCgroupV1: true`), expect: [] },
  {
    name: 'a flag beats the file',
    kind: 'odd',
    given: kubeletWith(`failCgroupV1: true`, '--fail-cgroupv1=false'),
    expect: [{ result: 'fail', path: 'failCgroupV1' }],
  },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(`failCgroupV1: false`),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
