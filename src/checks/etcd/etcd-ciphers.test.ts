import { checkTests } from '../../../test/kit/check-tests.js'
import { ETCD_UNREAD, etcdOfK3s, etcdWith } from './example-etcd.js'
import { etcdCiphers } from './etcd-ciphers.js'

checkTests(etcdCiphers, [
  {
    name: 'no forward secrecy',
    kind: 'failing',
    given: etcdWith({
      'cipher-suites': 'TLS_RSA_WITH_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256',
    }),
    expect: [
      {
        result: 'fail',
        severity: 'low',
        message: /weak: TLS_RSA_WITH_AES_128_GCM_SHA256/,
        fix: 'patch',
        path: 'cipher-suites',
      },
    ],
  },
  { name: 'the suites of Go', kind: 'passing', given: etcdWith(), expect: [] },
  {
    name: 'TLS 1.1',
    kind: 'odd',
    given: etcdOfK3s('tls-min-version: TLS1.1\n'),
    expect: [{ result: 'fail', severity: 'low', message: /TLS1.1/ }],
  },
  {
    name: 'its configuration file was not read',
    kind: 'unknown',
    given: ETCD_UNREAD,
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
