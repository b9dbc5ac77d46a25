import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'
import { kubeletSeccompDefault } from './kubelet-seccomp-default.js'

checkTests(kubeletSeccompDefault, [
  {
    name: 'set in the file',
    kind: 'failing',
    given: kubeletWith(`seccompDefault: false`),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: 'seccompDefault',
        file: '/var/lib/kubelet/config.yaml',
        line: 3,
        fix: 'patch',
      },
    ],
  },
  { name: 'right in the file', kind: 'passing', given: kubeletWith(`seccompDefault: true`), expect: [] },
  {
    name: 'the flag alone switches it on',
    kind: 'odd',
    given: kubeletWith('seccompDefault: false', '--seccomp-default'),
    expect: [],
  },
  {
    name: 'nobody sets it',
    kind: 'failing',
    given: kubeletWith(''),
    expect: [{ result: 'fail', path: 'seccompDefault' }],
  },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(`seccompDefault: false`),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
