import { checkTests } from '../../../test/kit/check-tests.js'
import { CERTIFICATES } from './example-certificates.js'
import { hostWithCertificates, kubeconfigOf, NO_CERTIFICATES } from './example-hosts.js'
import { certEku } from './cert-eku.js'

checkTests(certEku, [
  {
    name: 'a client certificate that serves',
    kind: 'failing',
    given: hostWithCertificates({ '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.client }, [
      '/usr/bin/kube-apiserver --tls-cert-file=/etc/kubernetes/pki/apiserver.crt',
    ]),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: '/etc/kubernetes/pki/apiserver.crt',
        fix: 'commands',
        message: /not for servers/,
      },
    ],
  },
  {
    name: 'a server certificate in a kubeconfig',
    kind: 'failing',
    given: hostWithCertificates({ '/etc/kubernetes/admin.conf': kubeconfigOf(CERTIFICATES.server) }),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: '/etc/kubernetes/admin.conf#client-1',
        fix: 'commands',
        message: /not for clients/,
      },
    ],
  },
  {
    name: 'a certificate authority that serves',
    kind: 'failing',
    given: hostWithCertificates({ '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.clusterCa }, [
      '/usr/bin/kube-apiserver --tls-cert-file=/etc/kubernetes/pki/apiserver.crt',
    ]),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: '/etc/kubernetes/pki/apiserver.crt',
        fix: 'advice',
        message: /is a certificate authority/,
      },
    ],
  },
  {
    name: 'a peer of etcd is server and client',
    kind: 'failing',
    given: hostWithCertificates({ '/etc/kubernetes/pki/etcd/peer.crt': CERTIFICATES.server }, [
      '/usr/bin/etcd --peer-cert-file=/etc/kubernetes/pki/etcd/peer.crt',
    ]),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: '/etc/kubernetes/pki/etcd/peer.crt',
        fix: 'commands',
        message: /not for clients/,
      },
    ],
  },
  {
    name: 'each as it is used',
    kind: 'passing',
    given: hostWithCertificates(
      {
        '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.server,
        '/etc/kubernetes/admin.conf': kubeconfigOf(CERTIFICATES.admin),
      },
      ['/usr/bin/kube-apiserver --tls-cert-file=/etc/kubernetes/pki/apiserver.crt'],
    ),
    expect: [],
  },
  {
    name: 'no flag says what it is used for',
    kind: 'odd',
    given: hostWithCertificates({ '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.client }),
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
