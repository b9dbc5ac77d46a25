import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'
import { kubeletTlsMinVersion } from './kubelet-tls-min-version.js'

checkTests(kubeletTlsMinVersion, [
  {
    name: 'set in the file',
    kind: 'failing',
    given: kubeletWith(`tlsMinVersion: VersionTLS10`),
    expect: [
      {
        result: 'fail',
        severity: 'low',
        path: 'tlsMinVersion',
        file: '/var/lib/kubelet/config.yaml',
        line: 3,
        fix: 'patch',
      },
    ],
  },
  {
    name: 'right in the file',
    kind: 'passing',
    given: kubeletWith(`tlsMinVersion: VersionTLS12`),
    expect: [],
  },
  {
    name: 'a flag beats the file',
    kind: 'odd',
    given: kubeletWith(`tlsMinVersion: VersionTLS12`, '--tls-min-version=VersionTLS11'),
    expect: [{ result: 'fail', path: 'tlsMinVersion' }],
  },
  { name: 'nobody sets it', kind: 'passing', given: kubeletWith(''), expect: [] },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen(`tlsMinVersion: VersionTLS10`),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
