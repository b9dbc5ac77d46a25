import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletAddressAndPorts } from './kubelet-address-and-ports.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'

checkTests(kubeletAddressAndPorts, [
  {
    name: 'health port on all addresses',
    kind: 'failing',
    given: kubeletWith('healthzBindAddress: 0.0.0.0'),
    expect: [{ result: 'fail', severity: 'info', path: 'healthzBindAddress', line: 3, fix: 'patch' }],
  },
  { name: 'defaults', kind: 'passing', given: kubeletWith(''), expect: [] },
  {
    name: 'anonymous and everywhere',
    kind: 'odd',
    given: kubeletWith(`authentication:\n  anonymous:\n    enabled: true`),
    expect: [{ result: 'fail', path: 'address' }],
  },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen('healthzBindAddress: 0.0.0.0'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
