import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { apiserverTlsCiphers } from './apiserver-tls-ciphers.js'
import { apiserverWith } from './example-apiserver.js'

checkTests(apiserverTlsCiphers, [
  ...unseenRows('kube-apiserver'),
  {
    name: 'one of two is weak',
    kind: 'failing',
    given: apiserverWith([
      '--tls-cipher-suites=TLS_RSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
    ]),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        message: 'weak: TLS_RSA_WITH_AES_128_GCM_SHA256',
        path: 'tls-cipher-suites',
        line: 11,
        fix: 'patch',
      },
    ],
  },
  {
    name: 'all are weak',
    kind: 'failing',
    given: apiserverWith(['--tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA']),
    expect: [{ result: 'fail', fix: 'patch' }],
  },
  {
    name: 'strong suites, and those of TLS 1.3',
    kind: 'passing',
    given: apiserverWith([
      '--tls-cipher-suites=TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,TLS_AES_128_GCM_SHA256',
    ]),
    expect: [],
  },
  { name: 'no list: those of the build', kind: 'passing', given: apiserverWith(['--v=2']), expect: [] },
  {
    name: 'the list has no effect under TLS 1.3',
    kind: 'odd',
    given: apiserverWith([
      '--tls-min-version=VersionTLS13',
      '--tls-cipher-suites=TLS_RSA_WITH_AES_128_GCM_SHA256',
    ]),
    expect: [],
  },
])
