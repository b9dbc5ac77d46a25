import { checkTests } from '../../../test/kit/check-tests.js'
import { CERTIFICATES } from './example-certificates.js'
import { hostWithCertificates, kubeconfigOf, NO_CERTIFICATES } from './example-hosts.js'
import { certSystemMasters } from './cert-system-masters.js'

checkTests(certSystemMasters, [
  {
    name: 'a person',
    kind: 'failing',
    given: hostWithCertificates({ '/etc/kubernetes/pki/alice.crt': CERTIFICATES.master }),
    expect: [
      {
        result: 'fail',
        severity: 'high',
        path: '/etc/kubernetes/pki/alice.crt',
        fix: 'advice',
        message: /is of system:masters until 2027-06-01/,
      },
    ],
  },
  {
    name: 'a kubeconfig in a home',
    kind: 'failing',
    given: hostWithCertificates({ '/home/alice/.kube/config': kubeconfigOf(CERTIFICATES.master) }),
    expect: [{ result: 'fail', severity: 'high', path: '/home/alice/.kube/config#client-1', fix: 'advice' }],
  },
  {
    name: 'admin.conf where super-admin.conf is there for it',
    kind: 'failing',
    given: hostWithCertificates({
      '/etc/kubernetes/admin.conf': kubeconfigOf(CERTIFICATES.master),
      '/etc/kubernetes/super-admin.conf': kubeconfigOf(CERTIFICATES.superAdmin),
    }),
    expect: [
      { result: 'fail', severity: 'high', path: '/etc/kubernetes/admin.conf#client-1', fix: 'advice' },
    ],
  },
  {
    name: 'the one for the day on which RBAC is broken',
    kind: 'passing',
    given: hostWithCertificates({
      '/etc/kubernetes/super-admin.conf': kubeconfigOf(CERTIFICATES.superAdmin),
      '/etc/kubernetes/admin.conf': kubeconfigOf(CERTIFICATES.admin),
    }),
    expect: [],
  },
  {
    name: 'admin.conf of kubeadm before 1.29, and the copy that root uses',
    kind: 'odd',
    given: hostWithCertificates({
      '/etc/kubernetes/admin.conf': kubeconfigOf(CERTIFICATES.master),
      '/root/.kube/config': kubeconfigOf(CERTIFICATES.master),
    }),
    expect: [],
  },
  {
    name: 'what k3s makes for itself',
    kind: 'odd',
    given: {
      hosts: {
        'node-1': {
          files: {
            '/var/lib/rancher/k3s/server/tls/client-admin.crt': CERTIFICATES.master,
            '/etc/rancher/k3s/k3s.yaml': kubeconfigOf(CERTIFICATES.master),
          },
        },
      },
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
