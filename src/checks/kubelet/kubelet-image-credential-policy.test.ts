import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'
import { kubeletImageCredentialPolicy } from './kubelet-image-credential-policy.js'

checkTests(kubeletImageCredentialPolicy, [
  {
    name: 'set in the file',
    kind: 'failing',
    given: kubeletWith(`imagePullCredentialsVerificationPolicy: NeverVerify`),
    expect: [
      {
        result: 'fail',
        severity: 'low',
        path: 'imagePullCredentialsVerificationPolicy',
        file: '/var/lib/kubelet/config.yaml',
        line: 3,
        fix: 'patch',
      },
    ],
  },
  {
    name: 'right in the file',
    kind: 'passing',
    given: kubeletWith(`imagePullCredentialsVerificationPolicy: AlwaysVerify`),
    expect: [],
  },
  {
    name: 'only preloaded images',
    kind: 'odd',
    given: kubeletWith('imagePullCredentialsVerificationPolicy: NeverVerifyPreloadedImages'),
    expect: [],
  },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(`imagePullCredentialsVerificationPolicy: NeverVerify`),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
