import { checkTests } from '../../../test/kit/check-tests.js'
import { CERTIFICATES, seedKey } from './example-certificates.js'
import { hostWithCertificates, kubeconfigOf } from './example-hosts.js'
import { certKeyMismatch } from './cert-key-mismatch.js'

checkTests(certKeyMismatch, [
  {
    name: 'by name',
    kind: 'failing',
    given: hostWithCertificates({
      '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.seedServer,
      '/etc/kubernetes/pki/apiserver.key': seedKey(2),
    }),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        path: '/etc/kubernetes/pki/apiserver.crt',
        fix: 'advice',
        message: /is not that of/,
      },
    ],
  },
  {
    name: 'by flags',
    kind: 'failing',
    given: hostWithCertificates({ '/srv/a.pem': CERTIFICATES.seedServer, '/srv/b.key': seedKey(2) }, [
      '/usr/bin/kubelet --tls-cert-file=/srv/a.pem --tls-private-key-file /srv/b.key',
    ]),
    expect: [{ result: 'fail', severity: 'high', path: '/srv/a.pem', fix: 'advice' }],
  },
  {
    name: 'in one file',
    kind: 'failing',
    given: hostWithCertificates({
      '/var/lib/kubelet/pki/kubelet-client-current.pem': CERTIFICATES.node + seedKey(1),
    }),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        path: '/var/lib/kubelet/pki/kubelet-client-current.pem',
        fix: 'advice',
        message: /that of its certificate/,
      },
    ],
  },
  {
    name: 'in a kubeconfig',
    kind: 'failing',
    given: hostWithCertificates({
      '/etc/kubernetes/admin.conf': kubeconfigOf(CERTIFICATES.admin).replace(
        'client-key-data: ""',
        `client-key-data: ${Buffer.from(seedKey(1)).toString('base64')}`,
      ),
    }),
    expect: [{ result: 'fail', severity: 'high', path: '/etc/kubernetes/admin.conf', fix: 'advice' }],
  },
  {
    name: 'the same key in both',
    kind: 'passing',
    given: hostWithCertificates({
      '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.seedServer,
      '/etc/kubernetes/pki/apiserver.key': seedKey(1),
    }),
    expect: [],
  },
  {
    name: 'etcd names its pairs in another way',
    kind: 'odd',
    given: hostWithCertificates({
      '/etc/ssl/etcd/ssl/member.pem': CERTIFICATES.seedServer,
      '/etc/ssl/etcd/ssl/member-key.pem': seedKey(1),
      '/etc/kubernetes/kubelet.env': '',
    }),
    expect: [],
  },
  {
    name: 'no key was read',
    kind: 'odd',
    given: { hosts: { 'node-1': {} } },
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'the key is encrypted or damaged',
    kind: 'unknown',
    given: hostWithCertificates({
      '/etc/kubernetes/pki/apiserver.crt': CERTIFICATES.seedServer,
      '/etc/kubernetes/pki/apiserver.key': 'no key',
    }),
    expect: [{ result: 'unknown', reason: 'unreadable' }],
  },
])
