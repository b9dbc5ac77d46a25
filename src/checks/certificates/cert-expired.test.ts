import { checkTests } from '../../../test/kit/check-tests.js'
import { CERTIFICATES } from './example-certificates.js'
import { hostWithCertificates, kubeconfigOf, NO_CERTIFICATES } from './example-hosts.js'
import { certExpired } from './cert-expired.js'

checkTests(certExpired, [
  {
    name: 'the API server of kubeadm',
    kind: 'failing',
    given: hostWithCertificates({ '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.expiredServer }),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        path: '/etc/kubernetes/pki/apiserver.crt',
        fix: 'commands',
        message: /ended on 2026-06-01/,
      },
    ],
  },
  {
    name: 'a certificate authority',
    kind: 'failing',
    given: hostWithCertificates({ '/etc/kubernetes/pki/ca.crt': CERTIFICATES.expiredCa }),
    expect: [{ result: 'fail', severity: 'high', path: '/etc/kubernetes/pki/ca.crt', fix: 'advice' }],
  },
  {
    name: 'in a kubeconfig',
    kind: 'failing',
    given: hostWithCertificates({ '/etc/kubernetes/admin.conf': kubeconfigOf(CERTIFICATES.expiredServer) }),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        path: '/etc/kubernetes/admin.conf#client-1',
        fix: 'commands',
        message: /the client certificate in/,
      },
    ],
  },
  {
    name: 'an issuer behind the first certificate',
    kind: 'failing',
    given: hostWithCertificates({
      '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.server + CERTIFICATES.expiredCa,
    }),
    expect: [
      { result: 'fail', severity: 'high', path: '/etc/kubernetes/pki/apiserver.crt#2', fix: 'advice' },
    ],
  },
  {
    name: 'valid',
    kind: 'passing',
    given: hostWithCertificates({
      '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.server,
      '/etc/kubernetes/pki/ca.crt': CERTIFICATES.clusterCa,
    }),
    expect: [],
  },
  {
    name: 'self-signed, as the kubelet makes it when nobody signs',
    kind: 'odd',
    given: hostWithCertificates({ '/var/lib/kubelet/pki/kubelet.crt': CERTIFICATES.selfSigned }),
    expect: [{ result: 'fail', severity: 'low', path: '/var/lib/kubelet/pki/kubelet.crt', fix: 'advice' }],
  },
  {
    name: 'an earlier certificate of the kubelet beside the one in use',
    kind: 'odd',
    given: hostWithCertificates({
      '/var/lib/kubelet/pki/kubelet-client-2025-01-01-00-00-00.pem': CERTIFICATES.expiredServer,
      '/var/lib/kubelet/pki/kubelet-client-2026-01-01-00-00-00.pem': CERTIFICATES.node,
      '/var/lib/kubelet/pki/kubelet-client-current.pem': { link: 'kubelet-client-2026-01-01-00-00-00.pem' },
    }),
    expect: [],
  },
  {
    name: 'a copy that was put aside',
    kind: 'odd',
    given: hostWithCertificates({
      '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.server,
      '/etc/kubernetes/pki/apiserver.crt.old': CERTIFICATES.expiredServer,
    }),
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
