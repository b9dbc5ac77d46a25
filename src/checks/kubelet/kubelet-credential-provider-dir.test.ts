import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletCredentialProviderDir } from './kubelet-credential-provider-dir.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'

checkTests(kubeletCredentialProviderDir, [
  {
    name: 'a folder that everyone may write',
    kind: 'failing',
    given: kubeletWith('', '--image-credential-provider-bin-dir=/opt/credential-providers', {
      '/opt/credential-providers/': { text: '', mode: 0o777 },
    }),
    expect: [{ result: 'fail', severity: 'high', path: '/opt/credential-providers', fix: 'commands' }],
  },
  { name: 'no credential provider', kind: 'passing', given: kubeletWith(''), expect: [] },
  {
    name: 'a folder of another user',
    kind: 'odd',
    given: kubeletWith('', '--image-credential-provider-bin-dir=/opt/credential-providers', {
      '/opt/credential-providers/': { text: '', mode: 0o755, uid: 1000 },
    }),
    expect: [{ result: 'fail' }],
  },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(''),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
