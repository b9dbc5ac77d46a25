import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletWillNotStart } from './kubelet-will-not-start.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'

checkTests(kubeletWillNotStart, [
  {
    name: 'refused',
    kind: 'failing',
    given: kubeletWith(`authentication:\n  anonymous:\n    enabled: "no"`),
    expect: [{ result: 'fail', severity: 'high', path: 'refusal', fix: 'advice' }],
  },
  { name: 'starts', kind: 'passing', given: kubeletWith(''), expect: [] },
  {
    name: 'another way',
    kind: 'odd',
    given: kubeletWith(`serverTLSBootstrap: true\nfeatureGates:\n  RotateKubeletServerCertificate: false`),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(''),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
