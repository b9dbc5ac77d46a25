import { checkTests } from '../../../test/kit/check-tests.js'
import { CERTIFICATES } from './example-certificates.js'
import { hostWithCertificates, NO_CERTIFICATES } from './example-hosts.js'
import { certWeak } from './cert-weak.js'

checkTests(certWeak, [
  {
    name: 'RSA with 1024 bits',
    kind: 'failing',
    given: hostWithCertificates({ '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.weakServer }),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        path: '/etc/kubernetes/pki/apiserver.crt',
        fix: 'commands',
        message: /RSA key of 1024 bits/,
      },
    ],
  },
  {
    name: 'SHA-1',
    kind: 'failing',
    given: hostWithCertificates({ '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.sha1Server }),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        path: '/etc/kubernetes/pki/apiserver.crt',
        fix: 'commands',
        message: /signed with SHA-1/,
      },
    ],
  },
  {
    name: 'a key of an elliptic curve',
    kind: 'passing',
    given: hostWithCertificates({ '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.server }),
    expect: [],
  },
  {
    name: 'authorities of the operating system are not judged',
    kind: 'odd',
    given: {
      hosts: {
        'node-1': {
          files: { '/etc/ssl/certs/old.pem': CERTIFICATES.weakServer },
          processes: ['/usr/bin/kubelet --client-ca-file=/etc/ssl/certs/old.pem'],
        },
      },
    },
    expect: [{ result: 'notApplicable' }],
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
