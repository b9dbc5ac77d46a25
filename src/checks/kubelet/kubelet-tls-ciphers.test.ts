import { checkTests } from '../../../test/kit/check-tests.js'
import { kubeletTlsCiphers } from './kubelet-tls-ciphers.js'
import { kubeletUnseen, kubeletWith } from './example-kubelet.js'

checkTests(kubeletTlsCiphers, [
  {
    name: 'RSA key exchange',
    kind: 'failing',
    given: kubeletWith('tlsCipherSuites: [TLS_RSA_WITH_AES_128_GCM_SHA256]'),
    expect: [{ result: 'fail', severity: 'medium', path: 'tlsCipherSuites', line: 3 }],
  },
  {
    name: 'good ones',
    kind: 'passing',
    given: kubeletWith(
      'tlsCipherSuites: [TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305]',
    ),
    expect: [],
  },
  { name: 'the default of Go', kind: 'passing', given: kubeletWith(''), expect: [] },
  {
    name: 'no effect under TLS 1.3',
    kind: 'odd',
    given: kubeletWith(`tlsMinVersion: VersionTLS13\ntlsCipherSuites: [TLS_RSA_WITH_AES_128_CBC_SHA]`),
    expect: [],
  },
  {
    name: 'the command line was not seen',
    kind: 'unknown',
    given: kubeletUnseen('tlsCipherSuites: [TLS_RSA_WITH_AES_128_GCM_SHA256]'),
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
