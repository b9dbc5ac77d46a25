import { checkTests } from '../../../test/kit/check-tests.js'
import { CERTIFICATES } from './example-certificates.js'
import { hostWithCertificates, NO_CERTIFICATES } from './example-hosts.js'
import { certExpiring } from './cert-expiring.js'

checkTests(certExpiring, [
  {
    name: 'in two weeks',
    kind: 'failing',
    given: hostWithCertificates({ '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.expiringServer }),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: '/etc/kubernetes/pki/apiserver.crt',
        fix: 'commands',
        message: /ends on 2026-11-15/,
      },
    ],
  },
  {
    name: 'in seven months',
    kind: 'passing',
    given: hostWithCertificates({ '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.server }),
    expect: [],
  },
  {
    name: 'a certificate of two days in its first half',
    kind: 'odd',
    given: hostWithCertificates({ '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.dailyServer }),
    expect: [],
  },
  {
    name: 'what has ended is for another check',
    kind: 'odd',
    given: hostWithCertificates({ '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.expiredServer }),
    expect: [],
  },
  {
    name: 'a host without certificates',
    kind: 'odd',
    given: { hosts: { 'docker-1': {} } },
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'copies of other files',
    kind: 'unknown',
    given: NO_CERTIFICATES,
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
