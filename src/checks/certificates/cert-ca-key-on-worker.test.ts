import { checkTests } from '../../../test/kit/check-tests.js'
import { CERTIFICATES, seedKey } from './example-certificates.js'
import { hostWithCertificates } from './example-hosts.js'
import { certCaKeyOnWorker } from './cert-ca-key-on-worker.js'

checkTests(certCaKeyOnWorker, [
  {
    name: 'the key of the cluster CA',
    kind: 'failing',
    given: hostWithCertificates({ '/etc/kubernetes/pki/ca.key': { text: '', mode: 0o600 } }, [
      '/usr/bin/kubelet',
    ]),
    expect: [
      {
        result: 'fail',
        severity: 'critical',
        path: '/etc/kubernetes/pki/ca.key',
        fix: 'advice',
        message: /which runs no control plane/,
      },
    ],
  },
  {
    name: 'the key of service accounts',
    kind: 'failing',
    given: hostWithCertificates({ '/etc/kubernetes/pki/sa.key': '' }, ['/usr/bin/kubelet']),
    expect: [{ result: 'fail', severity: 'critical', path: '/etc/kubernetes/pki/sa.key', fix: 'advice' }],
  },
  {
    name: 'none',
    kind: 'passing',
    given: hostWithCertificates({ '/etc/kubernetes/pki/ca.crt': '' }, ['/usr/bin/kubelet']),
    expect: [],
  },
  {
    name: 'the control plane has it',
    kind: 'odd',
    given: hostWithCertificates({ '/etc/kubernetes/pki/ca.key': '' }, [
      '/usr/bin/kubelet',
      '/usr/bin/kube-controller-manager',
    ]),
    expect: [{ result: 'notApplicable' }],
  },
  {
    name: 'an agent of k3s has the certificate alone',
    kind: 'odd',
    given: {
      hosts: {
        'node-1': {
          files: { '/var/lib/rancher/k3s/agent/server-ca.crt': '' },
          processes: ['/usr/local/bin/k3s agent'],
        },
      },
    },
    expect: [],
  },
  {
    name: 'the key of an authority that nothing here trusts',
    kind: 'odd',
    given: hostWithCertificates(
      { '/etc/kubernetes/pki/ca.crt': CERTIFICATES.etcdCa, '/srv/ca.key': seedKey(1) },
      ['/usr/bin/kubelet'],
    ),
    expect: [],
  },
  {
    name: 'copied files',
    kind: 'unknown',
    given: {
      hosts: {
        'node-1': {
          files: { '/var/lib/kubelet/kubeadm-flags.env': '' },
          processes: ['/usr/bin/kubelet'],
          copied: true,
        },
      },
    },
    expect: [{ result: 'unknown', reason: 'no-source' }],
  },
])
