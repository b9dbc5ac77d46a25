import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'
import { kubeletAllowedUnsafeSysctls } from './kubelet-allowed-unsafe-sysctls.js'

checkTests(kubeletAllowedUnsafeSysctls, [
  {
    name: 'set in the file',
    kind: 'failing',
    given: kubeletWith(`allowedUnsafeSysctls: [net.core.somaxconn]`),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: 'allowedUnsafeSysctls',
        file: '/var/lib/kubelet/config.yaml',
        line: 3,
        fix: 'advice',
      },
    ],
  },
  { name: 'right in the file', kind: 'passing', given: kubeletWith(`allowedUnsafeSysctls: []`), expect: [] },
  {
    name: 'a flag beats the file',
    kind: 'odd',
    given: kubeletWith(`allowedUnsafeSysctls: []`, '--allowed-unsafe-sysctls=kernel.msg*'),
    expect: [{ result: 'fail', path: 'allowedUnsafeSysctls' }],
  },
  { name: 'nobody sets it', kind: 'passing', given: kubeletWith(''), expect: [] },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(`allowedUnsafeSysctls: [net.core.somaxconn]`),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
