import { checkTests } from '../../../test/kit/check-tests.js'
import { unseenRows } from '../../../test/kit/control-plane-rows.js'
import { schedulerTls } from './scheduler-tls.js'
import { schedulerWith } from './example-scheduler.js'

checkTests(schedulerTls, [
  {
    name: 'a weak cipher',
    kind: 'failing',
    given: schedulerWith([
      '--tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_RSA_WITH_AES_128_GCM_SHA256',
    ]),
    expect: [{ result: 'fail', path: 'tls-cipher-suites', line: 11, fix: 'patch', severity: 'low' }],
  },
  {
    name: 'an old version',
    kind: 'failing',
    given: schedulerWith(['--tls-min-version=VersionTLS11']),
    expect: [{ result: 'fail', path: 'tls-min-version', line: 11, fix: 'patch' }],
  },
  {
    name: 'both',
    kind: 'odd',
    given: schedulerWith([
      '--tls-cipher-suites=TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,TLS_RSA_WITH_AES_128_GCM_SHA256',
      '--tls-min-version=VersionTLS10',
    ]),
    expect: [{ result: 'fail', message: /^weak: .*; connections of TLS 1.0 are taken$/ }],
  },
  {
    name: "not set: Go's own",
    kind: 'passing',
    given: schedulerWith(['--v=2']),
    expect: [],
  },
  ...unseenRows('kube-scheduler'),
])
