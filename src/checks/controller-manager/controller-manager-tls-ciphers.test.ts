import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { controllerManagerTlsCiphers } from './controller-manager-tls-ciphers.js'
import { controllerManagerWith } from './example-controller-manager.js'

checkTests(controllerManagerTlsCiphers, [
  {
    name: 'one of two is weak',
    kind: 'failing',
    given: controllerManagerWith([
      '--tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_RSA_WITH_AES_128_GCM_SHA256',
    ]),
    expect: [
      {
        result: 'fail',
        path: 'tls-cipher-suites',
        line: 11,
        fix: 'patch',
        severity: 'low',
        message: 'weak: TLS_RSA_WITH_AES_128_GCM_SHA256',
      },
    ],
  },
  {
    name: 'all weak',
    kind: 'failing',
    given: controllerManagerWith(['--tls-cipher-suites=TLS_RSA_WITH_AES_128_GCM_SHA256']),
    expect: [{ result: 'fail', path: 'tls-cipher-suites', line: 11, fix: 'patch' }],
  },
  {
    name: "not set: Go's own",
    kind: 'passing',
    given: controllerManagerWith(['--v=2']),
    expect: [],
  },
  {
    name: 'good',
    kind: 'passing',
    given: controllerManagerWith(['--tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256']),
    expect: [],
  },
  {
    name: 'TLS 1.3 has its own',
    kind: 'odd',
    given: controllerManagerWith([
      '--tls-cipher-suites=TLS_RSA_WITH_AES_128_GCM_SHA256',
      '--tls-min-version=VersionTLS13',
    ]),
    expect: [],
  },
  ...unseenRows('kube-controller-manager'),
])
