import { checkTests } from '../../../test/kit/check-tests.js'
import { certCsrLegacyUnknown } from './cert-csr-legacy-unknown.js'

checkTests(certCsrLegacyUnknown, [
  {
    name: 'named',
    kind: 'failing',
    given: {
      manifests: `apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: csr-1}
spec:
  username: alice
  signerName: kubernetes.io/legacy-unknown
  request: ""
  usages: [client auth]
`,
    },
    expect: [{ result: 'fail', severity: 'medium', path: 'spec.signerName', fix: 'advice' }],
  },
  {
    name: 'another signer',
    kind: 'passing',
    given: {
      manifests: `apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: csr-1}
spec:
  username: alice
  signerName: kubernetes.io/kube-apiserver-client
  request: ""
  usages: [client auth]
`,
    },
    expect: [],
  },
  {
    name: 'denied',
    kind: 'odd',
    given: {
      manifests: `apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: csr-1}
spec:
  username: alice
  signerName: kubernetes.io/legacy-unknown
  request: ""
  usages: [client auth]
status: {conditions: [{type: Denied, status: 'True'}]}
`,
    },
    expect: [],
  },
  {
    name: 'v1beta1 without a signer is legacy-unknown',
    kind: 'odd',
    given: {
      manifests: `apiVersion: certificates.k8s.io/v1beta1
kind: CertificateSigningRequest
metadata: {name: csr-1}
spec:
  username: alice
  request: ""
  usages: [client auth]
`,
    },
    expect: [{ result: 'fail', severity: 'medium' }],
  },
  {
    name: 'the signer is of the wrong type',
    kind: 'unknown',
    given: {
      manifests: `apiVersion: certificates.k8s.io/v1
kind: CertificateSigningRequest
metadata: {name: csr-1}
spec:
  username: alice
  signerName: [x]
  request: ""
  usages: [client auth]
`,
    },
    expect: [],
  },
])
