import { checkTests } from '../../../test/kit/check-tests.js'
import { CERTIFICATES } from './example-certificates.js'
import { hostWithCertificates, NO_CERTIFICATES } from './example-hosts.js'
import { certMissingSan } from './cert-missing-san.js'

checkTests(certMissingSan, [
  {
    name: 'a certificate for servers alone',
    kind: 'failing',
    given: hostWithCertificates({ '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.namelessServer }),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: '/etc/kubernetes/pki/apiserver.crt',
        fix: 'commands',
        message: /has no subjectAltName/,
      },
    ],
  },
  {
    name: 'whatever its use, a flag names it as that of a server',
    kind: 'failing',
    given: hostWithCertificates({ '/srv/kubelet.crt': CERTIFICATES.client }, [
      '/usr/bin/kubelet --tls-cert-file=/srv/kubelet.crt',
    ]),
    expect: [{ result: 'fail', severity: 'medium', path: '/srv/kubelet.crt', fix: 'advice' }],
  },
  {
    name: 'with names',
    kind: 'passing',
    given: hostWithCertificates({ '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.server }),
    expect: [],
  },
  {
    name: 'a client needs none',
    kind: 'odd',
    given: hostWithCertificates({ '/etc/kubernetes/pki/apiserver-etcd-client.crt': CERTIFICATES.client }),
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
