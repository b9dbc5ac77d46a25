import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'
import { kubeletRotateCertificates } from './kubelet-rotate-certificates.js'

checkTests(kubeletRotateCertificates, [
  {
    name: 'set in the file',
    kind: 'failing',
    given: kubeletWith(`rotateCertificates: false`),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: 'rotateCertificates',
        file: '/var/lib/kubelet/config.yaml',
        line: 3,
        fix: 'patch',
      },
    ],
  },
  { name: 'right in the file', kind: 'passing', given: kubeletWith(`rotateCertificates: true`), expect: [] },
  {
    name: 'a flag beats the file',
    kind: 'odd',
    given: kubeletWith(`rotateCertificates: true`, '--rotate-certificates=false'),
    expect: [{ result: 'fail', path: 'rotateCertificates' }],
  },
  {
    name: 'nobody sets it',
    kind: 'failing',
    given: kubeletWith(''),
    expect: [{ result: 'fail', path: 'rotateCertificates' }],
  },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(`rotateCertificates: false`),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
