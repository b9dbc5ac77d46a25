import { checkTests } from '../../../test/kit/check-tests.js'
import { CERTIFICATES } from './example-certificates.js'
import { hostWithCertificates, NO_CERTIFICATES } from './example-hosts.js'
import { certSharedCa } from './cert-shared-ca.js'

checkTests(certSharedCa, [
  {
    name: 'front proxies and people',
    kind: 'failing',
    given: hostWithCertificates({
      '/etc/kubernetes/pki/ca.crt': CERTIFICATES.clusterCa,
      '/etc/kubernetes/pki/front-proxy-ca.crt': CERTIFICATES.clusterCa,
    }),
    expect: [
      {
        result: 'fail',
        severity: 'medium',
        path: '/etc/kubernetes/pki/front-proxy-ca.crt',
        fix: 'advice',
        message: /are one authority/,
      },
    ],
  },
  {
    name: 'by flags',
    kind: 'failing',
    given: hostWithCertificates(
      { '/srv/a.crt': CERTIFICATES.clusterCa, '/srv/b.crt': CERTIFICATES.clusterCa },
      ['/usr/bin/kube-apiserver --client-ca-file=/srv/a.crt --etcd-cafile=/srv/b.crt'],
    ),
    expect: [{ result: 'fail', severity: 'medium', path: '/srv/b.crt', fix: 'advice', message: /etcd/ }],
  },
  {
    name: 'one for each',
    kind: 'passing',
    given: hostWithCertificates({
      '/etc/kubernetes/pki/ca.crt': CERTIFICATES.clusterCa,
      '/etc/kubernetes/pki/front-proxy-ca.crt': CERTIFICATES.etcdCa,
    }),
    expect: [],
  },
  {
    name: 'one authority alone',
    kind: 'odd',
    given: hostWithCertificates({ '/etc/kubernetes/pki/ca.crt': CERTIFICATES.clusterCa }),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'where etcd runs here, another check asks about its authority',
    kind: 'odd',
    given: hostWithCertificates(
      {
        '/etc/kubernetes/pki/ca.crt': CERTIFICATES.clusterCa,
        '/etc/kubernetes/pki/front-proxy-ca.crt': CERTIFICATES.longCa,
        '/etc/kubernetes/pki/etcd/ca.crt': CERTIFICATES.clusterCa,
      },
      ['/usr/bin/etcd'],
    ),
    expect: [],
  },
  {
    name: 'copies of other files',
    kind: 'unknown',
    given: NO_CERTIFICATES,
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
