import { checkTests } from '../../../test/kit/check-tests.js'
import { certUsers } from './cert-users.js'
import { CERTIFICATES } from './example-certificates.js'
import { hostWithCertificates, kubeconfigOf } from './example-hosts.js'

const requestFor = (certificate: string): string => `apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: alice}
spec: {username: kubernetes-admin, signerName: kubernetes.io/kube-apiserver-client, request: ""}
status: {certificate: ${Buffer.from(certificate).toString('base64')}}
`

checkTests(certUsers, [
  {
    name: 'a kubeconfig in a home',
    kind: 'failing',
    given: hostWithCertificates({ '/home/alice/.kube/config': kubeconfigOf(CERTIFICATES.person) }),
    expect: [
      {
        result: 'fail',
        severity: 'info',
        path: 'node-1 /home/alice/.kube/config#client-1',
        message: 'client certificates of people: alice',
        fix: 'advice',
      },
    ],
  },
  {
    name: 'a signing request that was answered',
    kind: 'failing',
    given: { manifests: requestFor(CERTIFICATES.person) },
    expect: [{ result: 'fail', severity: 'info', path: 'alice' }],
  },
  {
    name: 'components and the administrator of the installer',
    kind: 'passing',
    given: hostWithCertificates({
      '/etc/kubernetes/scheduler.conf': kubeconfigOf(CERTIFICATES.client),
      '/etc/kubernetes/admin.conf': kubeconfigOf(CERTIFICATES.admin),
    }),
    expect: [],
  },
  {
    name: 'the certificate has ended, or is none',
    kind: 'odd',
    given: {
      complete: true,
      manifests:
        requestFor(CERTIFICATES.expiredServer) +
        '---\n' +
        requestFor('x').replace('name: alice', 'name: bob'),
    },
    expect: [],
  },
  {
    name: 'manifests alone raise no question about who signs in',
    kind: 'unknown',
    given: { manifests: 'apiVersion: v1\nkind: Namespace\nmetadata: {name: a}\n' },
    expect: [{ result: 'notApplicable' }],
  },
])
