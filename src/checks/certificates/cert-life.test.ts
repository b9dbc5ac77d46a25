import { checkTests } from '../../../test/kit/check-tests.js'
import { CERTIFICATES } from './example-certificates.js'
import { hostWithCertificates, NO_CERTIFICATES } from './example-hosts.js'
import { certLife } from './cert-life.js'

checkTests(certLife, [
  {
    name: 'a server for four years',
    kind: 'failing',
    given: hostWithCertificates({ '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.longServer }),
    expect: [
      {
        result: 'fail',
        severity: 'low',
        path: '/etc/kubernetes/pki/apiserver.crt',
        fix: 'advice',
        message: /valid for 1461 days/,
      },
    ],
  },
  {
    name: 'an authority for a hundred',
    kind: 'failing',
    given: hostWithCertificates({ '/etc/kubernetes/pki/ca.crt': CERTIFICATES.longCa }),
    expect: [{ result: 'fail', severity: 'low', path: '/etc/kubernetes/pki/ca.crt', fix: 'advice' }],
  },
  {
    name: 'a year, and ten',
    kind: 'passing',
    given: hostWithCertificates({
      '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.server,
      '/etc/kubernetes/pki/ca.crt': CERTIFICATES.clusterCa,
    }),
    expect: [],
  },
  {
    name: 'the authority of a provider',
    kind: 'odd',
    given: {
      hosts: { 'node-1': { files: { '/etc/eks/': '', '/etc/kubernetes/pki/ca.crt': CERTIFICATES.longCa } } },
    },
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
