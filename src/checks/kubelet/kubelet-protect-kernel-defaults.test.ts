import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'
import { kubeletProtectKernelDefaults } from './kubelet-protect-kernel-defaults.js'

checkTests(kubeletProtectKernelDefaults, [
  {
    name: 'set in the file',
    kind: 'failing',
    given: kubeletWith(`protectKernelDefaults: false`),
    expect: [
      {
        result: 'fail',
        severity: 'low',
        path: 'protectKernelDefaults',
        file: '/var/lib/kubelet/config.yaml',
        line: 3,
        fix: 'advice',
      },
    ],
  },
  {
    name: 'right in the file',
    kind: 'passing',
    given: kubeletWith(`protectKernelDefaults: true`),
    expect: [],
  },
  {
    name: 'a flag beats the file',
    kind: 'odd',
    given: kubeletWith(`protectKernelDefaults: true`, '--protect-kernel-defaults=false'),
    expect: [{ result: 'fail', path: 'protectKernelDefaults' }],
  },
  {
    name: 'nobody sets it',
    kind: 'failing',
    given: kubeletWith(''),
    expect: [{ result: 'fail', path: 'protectKernelDefaults' }],
  },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(`protectKernelDefaults: false`),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
